"""What the operations about weights take and answer."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from londonnet.platform.api.bodies import Body
from londonnet.platform.api.paging import Page

from .parts import Day
from .schemas import AsAt

State = Literal["waiting", "approved", "rejected", "withdrawn"]
Points = dict[str, int]


class SwitchableReport(Body):
    """A report whose counts no longer arrive."""

    points: int
    counted: bool


class Weights(Body):
    """A whole set of weights, as a weights file holds it."""

    version: int = Field(
        0, description="where it is read, its own or the one it began from; not heeded where it is sent"
    )
    valid_from: date
    cases: dict[str, Points] = Field(description="points of a case, by location and tier: community, a3")
    t2a: dict[str, Points] = Field(description="points of a transition-to-adulthood case, by location and tier")
    reports: Points = Field(description="points of sdr and conversion")
    target: Points = Field(description="points that full hours can carry, by grade")
    default_hours: dict[str, float | None] = Field(description="hours a week, by grade")
    inactive_percent: Points = Field(description="how much of inactive T2A cases is kept, by kind")
    support: Points = Field(description="points of a case-management contact, by its code")
    further_reports: dict[str, SwitchableReport] | None = Field(
        None, description="parole, arms_licence, arms_community; as in force unless they are given"
    )


class WeightVersionShown(Schema):
    """One version of the weights."""

    version: int
    valid_from: date
    in_force: bool
    standing: Literal["in_force", "to_come", "before", "passed_by"]
    proposed_by: str = Field(description="empty where a file was loaded")
    approved_by: str
    reason: str


class WeightChange(Schema):
    """One number that isn't the same."""

    part: str
    name: str
    before: str = Field(description='"none" where there was no number')
    after: str


class WeightChanges(Schema):
    """What is different between two sets."""

    in_words: list[str]
    lines: list[WeightChange]


class WeightVersionWhole(WeightVersionShown):
    """One version with all that it holds, and what it changed against the one before."""

    weights: Weights
    changes: WeightChanges


class WeightDraftShown(Schema):
    """A draft of weights."""

    id: UUID = Field(description="the identifier by which it is asked for")
    name: str
    based_on: int | None = Field(description="the version that it began from")
    made_by: str
    changed_at: datetime
    is_thrown_away: bool


class WeightDraftWhole(WeightDraftShown):
    """A draft with all that it holds, and what it changes against the weights in force."""

    proposal: int | None = Field(description="the number of the proposal that keeps it from being changed")
    weights: Weights
    changes: WeightChanges


class WeightDraftSent(Body):
    """A draft: its name, and all of its weights."""

    name: str = Field(min_length=1, max_length=100)
    weights: Weights


class WeightsTried(Body):
    """Weights whose effect is asked."""

    weights: Weights
    within: str = Field("", max_length=60, description="on which place; the widest within reach unless it is given")


class WeightsProposed(Body):
    """From which day weights are wanted, and why."""

    valid_from: Day = Field(description="today or later")
    reason: str = Field(max_length=4000)


class WeightsRejected(Body):
    """Why not."""

    reason: str = Field(max_length=4000)


class WeightProposalShown(Schema):
    """A proposal, and what became of it."""

    number: int
    draft: UUID
    name: str
    valid_from: date
    reason: str
    state: State
    proposed_by: str
    proposed_at: datetime
    decided_by: str = Field(description="empty while it waits")
    decided_at: datetime | None
    decision_reason: str
    version: int | None = Field(description="the version that it became; null unless it is approved")


class WeightProposalWhole(WeightProposalShown):
    """A proposal with all that it holds, and what it changes against the weights in force."""

    weights: Weights
    changes: WeightChanges


class CapacityChange(Schema):
    """Points and capacity, before and after."""

    points_before: int
    points_after: int
    available_before: int = Field(description="points that can be carried")
    available_after: int = Field(description="points that could be carried")
    capacity_before: float | None = Field(description="percent, not rounded; null where there is none")
    capacity_after: float | None = Field(description="percent, not rounded; null where there is none")


class ChangeOfPlace(CapacityChange):
    """What weights would do to a place."""

    code: str
    name: str
    practitioners: int
    above_110_before: int = Field(description="practitioners above 110%")
    above_110_after: int
    newly_above_110: int
    no_longer_above_110: int


class ChangeOfPlaceBelow(ChangeOfPlace):
    """What weights would do to a place inside the one asked for."""

    level: Literal["region", "pdu", "team"]


class ChangeOfPerson(CapacityChange):
    """What weights would do to one practitioner in one team."""

    om_key: str
    team_code: str


class Step(Schema):
    """How many practitioners have a capacity from so many percent up to the next step."""

    from_percent: int
    before: int
    after: int


class WeightEffect(Schema):
    """What weights would do to a place. Nothing is written."""

    as_at: AsAt
    within: str
    whole: ChangeOfPlace
    trust: ChangeOfPlace | None = Field(description="null for callers who don't reach all of it")
    places: list[ChangeOfPlaceBelow]
    people: list[ChangeOfPerson] = Field(description="of a team everybody; else a hundred at most of who passes 110%")
    names_hidden: bool = Field(description="whether people aren't listed since the caller may not see their workload")
    distribution: list[Step]


class WeightVersionsPage(Page[WeightVersionShown]):
    """Versions of the weights, the newest first."""


class WeightDrafts(Page[WeightDraftShown]):
    """Drafts, the last changed first."""


class WeightProposalsPage(Page[WeightProposalShown]):
    """Proposals, the newest first."""
