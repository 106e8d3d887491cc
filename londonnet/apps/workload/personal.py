"""Who may know the reasons and notes of personal reductions: managers of the team, HR, and the person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from londonnet.apps.workload.reasons import PERSONAL, ReductionReason
from londonnet.platform.access.policy import reach

if TYPE_CHECKING:
    from collections.abc import Iterable

    from londonnet.platform.access.models import User
    from londonnet.platform.access.policy import Reach

PERMISSION: Final = "workload.personal_reductions"
SHOWN: Final = "Personal"
"""What everybody else reads instead of the reason."""


def reach_of_personal(user: User) -> Reach:
    """Whose personal reasons and notes a user may read. No query of its own once the user's roles are read."""
    reached = reach(user, PERMISSION)
    return replace(reached, staff_keys=reached.staff_keys | ({user.staff_key} - {""}))


def as_any_personal(reason: ReductionReason, reasons: Iterable[ReductionReason]) -> ReductionReason:
    """A personal reason for somebody who may not know which it is: it allows what the most generous of them does.

    Held to its own maximum, it would be told by what is refused.
    """
    most = max(100 if one.maximum_percent is None else one.maximum_percent for one in reasons if one.kind == PERSONAL)
    return replace(reason, name=SHOWN, short_name=SHOWN, maximum_percent=most)
