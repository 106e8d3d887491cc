"""What was chosen."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Choice:
    """What was ticked, chosen and typed.

    Attributes:
        held_by: the cases that are ticked, with the number of who held them when they were shown; 0 before that.
        to: number of the practitioner-in-team who is to get them; 0 for nobody yet.
        among: whose practitioners are shown, as `team:CODE` or `pdu:CODE`; empty for the usual ones.
        targets: numbers of those among whom they are to be spread.
        goes: who is to get which case, by number; 0 where it stays.
        fill_to: the capacity in percent that nobody is to be filled above, as it was typed.
        find: the beginning of a name that those shown are narrowed to, as it was typed.
        order: what those shown are sorted by; empty for who has most room first.
    """

    held_by: dict[str, int] = field(default_factory=dict)
    to: int = 0
    among: str = ""
    reason: str = ""
    notes: str = ""
    targets: tuple[int, ...] = ()
    goes: dict[str, int] = field(default_factory=dict)
    fill_to: str = ""
    find: str = ""
    order: str = ""
