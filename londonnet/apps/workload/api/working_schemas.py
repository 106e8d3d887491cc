"""What the working of a figure looks like."""

from datetime import date

from ninja import Schema
from pydantic import Field

from .schemas import AsAt, PractitionerFigure


class WorkingLineShown(Schema):
    """One line of a sum."""

    label: str = Field(description='what is worked out, such as "Community B2"')
    calculation: str = Field(description='how, such as "3 cases × 115"; empty where there is nothing to multiply')
    result: str = Field(description='what comes out, such as "345"; empty where the line isn\'t scored')


class WorkingPart(Schema):
    """The lines of one column of the points, and what they come to."""

    title: str
    lines: list[WorkingLineShown]
    subtotal: str


class HoursShown(Schema):
    """Contracted hours a week, from a first day to a last one."""

    hours: float = Field(description="a week")
    first_day: date
    last_day: date | None = Field(description="null where they go on")
    holds: bool = Field(description="whether they count in the figure")


class ReductionShown(Schema):
    """A reduction of hours."""

    reason: str = Field(description='"Personal" where the caller may not know more')
    kind: str = Field(description="personal, learning or work")
    hours: float = Field(description="a week")
    first_day: date
    last_day: date | None
    status: str = Field(description="SCHEDULED, ACTIVE, ARCHIVED or DELETED")
    counts: bool = Field(description="whether it takes hours off in the figure")
    notes: str = Field(description="empty where the caller may not know them")


class SupportShown(Schema):
    """A contact of the last seven days that moves points."""

    contact_date: date
    code: str
    description: str
    colleague: str
    points: int = Field(description="above 0 where they did the contact, below 0 where a colleague did")


class NotScored(Schema):
    """What is shown beside the points and never scored."""

    reports_due: int
    oral_reports: int
    community_first_16_weeks: int
    licence_first_16_weeks: int


class FigureWorking(Schema):
    """A figure and everything that it was made from."""

    as_at: AsAt
    figure: PractitionerFigure
    working: list[WorkingPart] = Field(description="cases, T2A cases, reports and support, line by line")
    total: WorkingLineShown
    available: WorkingLineShown
    capacity: WorkingLineShown
    hours: list[HoursShown] = Field(description="their own contracted hours, the latest first")
    reductions: list[ReductionShown] = Field(description="those that count first")
    support: list[SupportShown] = Field(description="the latest first")
    not_scored: NotScored


class RecordFinding(Schema):
    """Something that looks wrong in the record."""

    key: str = Field(description="its short name, that stays")
    found: str = Field(description="what was found")
    means: str = Field(description="what it does to the figure")
    put_right: str = Field(description="who puts it right, and how")


class RecordChecked(Schema):
    """What looks wrong in the record behind a figure."""

    as_at: AsAt
    items: list[RecordFinding]
