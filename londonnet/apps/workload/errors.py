"""What can go wrong in the Workload Management Tool."""

from collections.abc import Sequence
from decimal import Decimal

from londonnet.platform.errors import LondonNetError


class WorkloadError(LondonNetError):
    """The base of this application's errors."""


class WeightsRefused(WorkloadError):
    """A weights file isn't whole or isn't right; nothing of it is used.

    Args:
        problems: every missing, unknown or bad entry, one plain sentence each.
    """

    status_code = 422

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        self.details = tuple({"field": "weights", "message": problem} for problem in self.problems)
        entries = "entry" if len(self.problems) == 1 else "entries"
        start = f"The weights were not changed: {len(self.problems)} {entries} to put right. "
        super().__init__(start + "; ".join(self.problems) + ".", "file-refused")


class FileRefused(WorkloadError):
    """A CSV file of hours or reductions can't be read at all; nothing of it is used."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "file-refused")


class StaffingRefused(WorkloadError):
    """Hours or a reduction can't be as they were given; nothing was changed.

    Args:
        message: what is wrong, and what to do.
        field: the field of a form that it is about; empty where it is none.
    """

    status_code = 422

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message, "staffing-refused")
        self.field = field
        self.details = ({"field": field, "message": message},)


class HoursUnlikely(StaffingRefused):
    """Contracted hours that are more than anybody's usual week: they are taken once somebody says that they are right.

    Args:
        hours: as they were given.
        usual: the most that isn't asked about.
    """

    def __init__(self, hours: Decimal, usual: Decimal) -> None:
        super().__init__(f"{hours} hours a week is more than {usual}. Confirm that it is right, or change it.", "hours")
        self.code = "hours-unlikely"


class ChangedMeanwhile(WorkloadError):
    """Somebody else changed the same hours or reduction in the meantime; nothing was overwritten."""

    status_code = 409

    def __init__(self) -> None:
        message = "Somebody else changed this while you had it open. Open it again, and see whether yours still fits."
        super().__init__(message, "changed-meanwhile")


class DraftStands(WorkloadError):
    """A draft of weights can't be changed: it is somebody else's, or it is proposed or adopted."""

    status_code = 409

    def __init__(self, message: str) -> None:
        super().__init__(message, "draft-stands")


class ProposalRefused(WorkloadError):
    """Weights can't be proposed or decided on like this.

    Args:
        field: which field of the form says so.
        message: what to do instead.
    """

    status_code = 422

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        self.details = ({"field": field, "message": message},)
        super().__init__(message, "proposal-refused")


class ProposalDecided(WorkloadError):
    """Somebody else was first: a proposal that no longer waits was to be decided on."""

    status_code = 409

    def __init__(self, state: str) -> None:
        super().__init__(
            f"This proposal is {state}: somebody decided a moment before you. Nothing was changed by you.",
            "proposal-decided",
        )
