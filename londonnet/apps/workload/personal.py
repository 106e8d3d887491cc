"""Who may know the reasons and notes of personal reductions: managers of the team, HR, and the person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from londonnet.platform.access.policy import reach

if TYPE_CHECKING:
    from londonnet.platform.access.models import User
    from londonnet.platform.access.policy import Reach

PERMISSION: Final = "workload.personal_reductions"
SHOWN: Final = "Personal"
"""What everybody else reads instead of the reason."""


def reach_of_personal(user: User) -> Reach:
    """Whose personal reasons and notes a user may read. No query of its own once the user's roles are read."""
    reached = reach(user, PERMISSION)
    return replace(reached, staff_keys=reached.staff_keys | ({user.staff_key} - {""}))
