"""What is flagged about a case, as people read it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag of a case.

    Args:
        name: as it stands in addresses.
        column: the column of `Case` that holds it.
        label: as people read it.
        colour: of its tag, as the design system names colours.
    """

    name: str
    column: str
    label: str
    colour: str


FLAGS: Final = (
    Flag("warrant", "is_warrant", "Warrant", "red"),
    Flag("overdue", "is_overdue_termination", "Overdue termination", "orange"),
    Flag("priority", "is_priority", "Priority", "purple"),
    Flag("unpaid-work", "is_unpaid_work", "Unpaid work", "turquoise"),
    Flag("suspended", "is_suspended", "Suspended", "grey"),
    Flag("standalone-order", "is_standalone_order", "Stand-alone order", "blue"),
    Flag("suspended-lifer", "is_suspended_lifer", "Suspended lifer", "pink"),
)
FLAG_OF_NAME: Final = {flag.name: flag for flag in FLAGS}
