"""What users and audit add to the house."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from londonnet.platform.registry.hooks import Hooks, MenuItem, Schedule

if TYPE_CHECKING:
    from .models import User

_MENU = (
    ("access.users", MenuItem("Users", "/users", 900)),
    ("access.outbox", MenuItem("Outbox", "/outbox", 910)),
    ("audit.trail", MenuItem("Audit", "/audit", 920)),
)


class AccessHooks(Hooks):
    """Menu entries for administrators and auditors, and the daily tidying up."""

    def menu_items(self, user: "User") -> Sequence[MenuItem]:
        """Users and outbox for administrators, the trail for auditors."""
        from .policy import may

        return [item for permission, item in _MENU if may(user, permission)]

    def scheduled_jobs(self) -> Sequence[Schedule]:
        """What has run out is deleted once a day."""
        return (Schedule("access.tidy", tidy, daily=True),)


def tidy() -> None:
    """Delete sessions, counts of wrong passwords and keys of forms that have run out."""
    from . import lock_out, once, sessions

    sessions.forget_old()
    lock_out.forget_old()
    once.forget_old()
