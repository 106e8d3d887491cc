"""What the operations answer."""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from londonnet.apps.workload.capacity import Note


class AsAt(Schema):
    """Which figures these are."""

    extract: date = Field(description="the day that the extract describes")
    day: date = Field(description="the day whose hours and reductions count")
    computed: datetime = Field(description="when the figures were worked out")
    weights_version: int | None = Field(description="of the weights; null where it isn't known")


class PointsHeld(Schema):
    """Points, by where they come from."""

    cases: int
    t2a: int | float = Field(description="of transition-to-adulthood cases")
    reports: int
    support: int = Field(description="contacts done for colleagues, less those that colleagues did; may be negative")
    total: int


class PractitionerFigure(Schema):
    """The figure of one practitioner in one team."""

    om_key: str
    team_code: str
    pdu_code: str
    region_code: str
    grade: str = Field(description="PO, PSO, TPO, SPO or DMY; empty where it isn't known")
    cases: int
    t2a_cases: int
    points: PointsHeld
    contracted_hours: float | None = Field(description="a week; null where neither the person nor the grade has any")
    reduction_hours: float = Field(description="a week, that active reductions take off")
    available: int = Field(description="points that they can carry")
    capacity: float | None = Field(description="percent, not rounded; null where there is none")
    capacity_note: Note | None = Field(description="why there is no capacity")
    weights_version: int


class OrganisationFigure(Schema):
    """The figure of everyone in a team, PDU, region or trust."""

    code: str
    name: str
    practitioners: int = Field(description="figures: practitioners-in-team, and posts for cases that nobody has")
    cases: int
    points: PointsHeld
    points_not_measured: int = Field(description="points, within the total, of people who have nothing available")
    available: int = Field(description="points that can be carried")
    capacity: float | None = Field(description="percent, not rounded: the ratio of the sums; null where there is none")
    capacity_note: Note | None = Field(description="why there is no capacity")
