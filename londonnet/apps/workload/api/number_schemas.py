"""What the operations about the numbers of a place answer."""

from datetime import date

from ninja import Schema
from pydantic import Field

from londonnet.platform.api.paging import Page

from .schemas import AsAt, PractitionerFigure


class PersonFigure(PractitionerFigure):
    """The figure of one practitioner in one team, with their name."""

    name: str
    team_name: str
    is_incomplete: bool = Field(description="whether a row about them is in the quarantine of the load")


class Standings(Schema):
    """How many practitioners-in-team stand where."""

    above: int = Field(description="above 110%")
    within: int = Field(description="90 to 110%")
    below: int = Field(description="below 90%")
    no_capacity_left: int = Field(description="reductions take all their hours")
    not_measured: int = Field(description="their grade has no full hours")
    nothing_available: int = Field(description="the last two together")


class PeoplePage(Page[PersonFigure]):
    """Practitioners of a place."""

    as_at: AsAt
    standings: Standings = Field(description="of everybody whom grade and capacity leave, whatever the band")


class NumbersOf(Schema):
    """Whose numbers they are."""

    code: str = Field(description="of the place or grade; of a practitioner the om_key")
    name: str
    team_code: str = Field(description="of a practitioner; else empty")
    grade: str = Field(description="of a practitioner; else empty")
    practitioners: int = Field(description="practitioners-in-team")


class CaseloadNumbers(NumbersOf):
    """Cases by tier and location."""

    cases: int
    a: int = Field(description="tiers A0 to A3, contact not suspended")
    b: int
    c: int
    d: int
    suspended: int = Field(description="tiers with an S")
    untiered: int
    community: int
    custody: int
    licence: int
    t2a: int = Field(description="transition-to-adulthood cases; at the end of past months they aren't kept")
    tiers: dict[str, int] = Field(description="by tier, a3 to d0s; empty unless cells were asked for")
    cells: dict[str, dict[str, int]] = Field(description="by location and tier; empty unless cells were asked for")


class CaseloadPage(Page[CaseloadNumbers]):
    """The caseload of a place."""

    as_at: AsAt
    month_end: date | None = Field(description="the day that the cases were counted on; null for now")
    together: CaseloadNumbers = Field(description="all rows, those of other pages too")


class ProgressNumbers(NumbersOf):
    """Case progress."""

    cases: int = Field(description="cases listed")
    community_first_16_weeks: int
    licence_first_16_weeks: int
    flags: dict[str, int] = Field(description="cases by flag: warrant, overdue, priority, unpaid-work, …")
    t2a: int


class ProgressPage(Page[ProgressNumbers]):
    """Case progress of a place."""

    as_at: AsAt
    together: ProgressNumbers = Field(description="all rows, those of other pages too")


class ReportNumbers(NumbersOf):
    """Court reports."""

    sdr: int = Field(description="standard delivery reports of the last 30 days")
    conversions: int = Field(description="fast reports of the last 30 days")
    oral: int = Field(description="oral reports; never scored")
    due: int = Field(description="due in the next 30 days; never scored")
    points: int


class ReportsPage(Page[ReportNumbers]):
    """Court reports of a place."""

    as_at: AsAt
    together: ReportNumbers = Field(description="all rows, those of other pages too")


class OmicNumbers(NumbersOf):
    """Offender management in custody; it is in nobody's capacity."""

    cases: int
    custody_cases: int
    points: int
    projected_licence: int = Field(description="points of the cases in custody at the weights of licence")
    available: int = Field(description="points that can be carried")
    capacity: float | None = Field(description="percent, not rounded; null where nothing is available")


class OmicPage(Page[OmicNumbers]):
    """Offender management in custody of a place."""

    as_at: AsAt
    together: OmicNumbers = Field(description="all rows, those of other pages too")


class GradeFigure(Schema):
    """The figures of the people of one grade."""

    grade: str = Field(description="empty where none is given")
    practitioners: int
    cases: int
    t2a_cases: int
    points: int
    available: int = Field(description="points that can be carried")
    remaining: int = Field(description="points available, less those held; may be negative")
    contracted_hours: float = Field(description="a week")
    reduction_hours: float = Field(description="a week, that active reductions take off")
    support_given: int = Field(description="points of contacts done for colleagues")
    support_taken: int = Field(description="points of contacts that colleagues did")
    capacity: float | None = Field(description="percent, not rounded; null where there is none")


class GradesOfPlace(Schema):
    """A place's figures by grade."""

    as_at: AsAt
    together: GradeFigure
    items: list[GradeFigure]


class MonthEnds(Schema):
    """The days at the end of a month whose caseload is kept, the latest first."""

    month_ends: list[date]
