"""The demo service: its places, posts (practitioners-in-team), cases and contacts, and how they are made."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

FULL_TIME_HOURS: Final = 37.0


@dataclass(frozen=True)
class Pdu:
    """A probation delivery unit, with its region and its local delivery unit."""

    code: str
    name: str
    ldu_code: str
    region_code: str
    region_name: str


@dataclass(frozen=True)
class Team:
    """A team; its kind is "field", "court" or "omic" (offender management in custody)."""

    code: str
    name: str
    kind: str
    pdu: Pdu


@dataclass(frozen=True)
class Reduction:
    """Hours a week that a post is spared, and why (a name among the reduction reasons)."""

    reason: str
    hours: float
    notes: str = ""


@dataclass(eq=False, slots=True)
class Post:
    """One practitioner in one team.

    Attributes:
        load: how full the post is meant to be; 1.0 is about its whole capacity.
        hours: contracted hours a week, None for the grade's usual ones.
        sdr, conversions, oral: court reports of the last 30 days; `sdr_due` those due in the next 30.
    """

    key: str
    forename: str
    surname: str
    grade_code: str
    grade: str
    team: Team
    load: float
    hours: float | None = None
    reduction: Reduction | None = None
    is_shared: bool = False
    sdr: int = 0
    sdr_due: int = 0
    conversions: int = 0
    oral: int = 0

    @property
    def reports_to_court(self) -> bool:
        """Whether the sheet of court reports names the post."""
        return self.team.kind == "court" or self.sdr + self.sdr_due + self.conversions + self.oral > 0

    @property
    def hours_left(self) -> float:
        """Hours a week left for cases."""
        contracted = FULL_TIME_HOURS if self.hours is None else self.hours
        return max(contracted - (self.reduction.hours if self.reduction else 0.0), 0.0)


@dataclass(eq=False, slots=True)
class Case:
    """One case; tier 0…32 is the number of the national layout.

    Attributes:
        is_warrant, is_overdue: such a case is inactive, and left out of the filtered counts.
        priority: "P", "I" or empty.
        disposal: the code of a suspended or stand-alone order, or empty.
    """

    crn: str
    post: Post
    tier: int
    location: str
    is_warrant: bool = False
    is_overdue: bool = False
    is_unpaid_work: bool = False
    is_t2a: bool = False
    is_lifer: bool = False
    priority: str = ""
    disposal: str = ""

    @property
    def is_active(self) -> bool:
        """Whether the case is in the filtered counts, which are scored."""
        return not (self.is_warrant or self.is_overdue)


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact that one practitioner did on a case that another manages."""

    number: int
    case: Case
    day: date
    type_code: str
    done_by: Post


@dataclass
class Service:
    """The whole demo service on one day.

    Hours and reductions keep to `first_day`, the day of its first extract.
    """

    first_day: date
    day: date
    teams: list[Team]
    posts: list[Post]
    cases: list[Case] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
