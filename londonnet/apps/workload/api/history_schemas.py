"""What the operations about the history answer."""

from datetime import date

from ninja import Schema
from pydantic import Field

from londonnet.apps.workload.selectors.history import Average
from londonnet.platform.api.paging import Page


class KeptDays(Schema):
    """Which days are kept."""

    first_day: date | None = Field(description="null while none is kept")
    last_day: date | None


class DaysOfFigures(Schema):
    """The figures of a day, week or month; numbers are what they come to on one of its days, on average."""

    period: date = Field(description="the day, the Monday of the week, or the first of the month")
    days: int = Field(description="how many of its days are kept")
    grade: str
    cases: float
    t2a_cases: float
    points_cases: float
    points_t2a: float
    points_reports: float
    points_support: float
    points_total: float
    contracted_hours: float = Field(description="a week")
    reduction_hours: float = Field(description="a week")
    available: float = Field(description="points that can be carried")
    capacity: float | None = Field(description="percent, not rounded: the ratio of the sums; null where there is none")


class PractitionerHistory(DaysOfFigures):
    """The figures of one practitioner in one team in a day, week or month."""

    om_key: str
    team_code: str


class PlaceHistory(DaysOfFigures):
    """The figures of a place, or of one grade there, in a day, week or month."""

    code: str
    name: str
    grade: str = Field(description="* for all grades together")
    practitioners: float
    posts: float = Field(description="posts for cases that nobody has yet; they are in no number of practitioners")
    above: float = Field(description="practitioners above 110%")
    within: float = Field(description="practitioners from 90 to 110%")
    below: float = Field(description="practitioners below 90%")
    not_measured: float = Field(description="practitioners whose grade has no full hours")
    none_left: float = Field(description="practitioners without capacity left")
    incomplete: float = Field(description="practitioners of whom a row was in quarantine")
    points_not_measured: float = Field(description="points of people who have nothing available")


class HistoryPage(Page[PractitionerHistory | PlaceHistory]):
    """Figures over time, by name and then time."""

    first_day: date
    last_day: date
    average: Average = Field(description="what the numbers are averaged over")


class SpellOfPractitioner(Schema):
    """Weeks in which one practitioner in one team was above the threshold."""

    om_key: str
    name: str
    team_code: str
    first_day: date
    last_day: date
    days: int
    weeks: int = Field(description="whole weeks")
    highest: float = Field(description="the highest capacity in between, in percent, not rounded")
    goes_on: bool = Field(description="whether it still was so at the end of the range")
    capacity_now: float | None = Field(description="percent, not rounded; null where there is none")


class SpellOfPlace(Schema):
    """Weeks in which a place was above the threshold."""

    code: str
    name: str
    first_day: date
    last_day: date
    days: int
    weeks: int = Field(description="whole weeks")
    highest: float = Field(description="the highest capacity in between, in percent, not rounded")
    goes_on: bool = Field(description="whether it still was so at the end of the range")
    capacity_now: float | None = Field(description="percent, not rounded; null where there is none")


class SpellsPage(Page[SpellOfPractitioner | SpellOfPlace]):
    """Who was above the threshold, those who still are first, the longest first."""

    first_day: date
    last_day: date
    threshold: int
    weeks: int


class Trend(Schema):
    """How a capacity went week by week."""

    code: str = Field(description="of the place; of a practitioner the om_key")
    team_code: str = Field(description="of a practitioner; else empty")
    capacity: list[float | None] = Field(description="a number for each week, the oldest first; null where none")


class TrendsPage(Page[Trend]):
    """How capacities went, by code."""

    weeks: list[date] = Field(description="the Monday of each week, the oldest first")
