"""What the operations of allocation take and answer."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from londonnet.apps.workload.capacity import Note
from londonnet.platform.api.bodies import Body
from londonnet.platform.api.paging import Page

from .schemas import AsAt

Kind = Literal["allocated", "reallocated", "put-back"]


class PlaceAsked(Schema):
    """Which part of the trust."""

    within: str = Field(
        "",
        max_length=60,
        description="only in this part: trust, region:CODE, pdu:CODE or team:CODE. "
        "Without it: everything that the caller may allocate in",
    )


class InTeam(Body):
    """A practitioner in a team."""

    om_key: str = Field(max_length=20)
    team_code: str = Field(max_length=20)


class NamedInTeam(InTeam):
    """A practitioner in a team, with their name."""

    name: str


class CaseOnOffer(Schema):
    """A case that can be given to somebody."""

    crn: str
    tier: str
    location: str
    flags: list[str]
    held_by: InTeam = Field(description="send it back as it is when the case is moved")
    waits: bool = Field(description="whether nobody has it")
    since: date | None = Field(description="the day from which they hold it; null where it isn't known")


class CandidatesAsked(Body):
    """Who could get some cases."""

    crns: list[str] = Field(min_length=1, max_length=500)
    among: str = Field(
        "",
        max_length=60,
        description="the practitioners of this part: team:CODE or pdu:CODE. Without it: of the cases' own team or PDU",
    )


class CandidateForCases(Schema):
    """Somebody who could be given the cases, with their workload now and with all of them."""

    om_key: str
    team_code: str
    name: str
    grade: str
    cases_now: int
    cases_after: int
    points_now: int
    points_after: int
    available: int
    capacity_now: float | None = Field(description="percent, not rounded; null where there is none")
    capacity_after: float | None
    capacity_note: Note | None
    contracted_hours: float | None
    reduction_hours: float
    received_last_7_days: int
    hours_again_on: date | None = Field(description="where reductions take all hours, when they have some again")


class Candidates(Schema):
    """Everybody who could get the cases; who has most room comes first."""

    as_at: AsAt
    gained: int = Field(description="points that all of the cases add to whoever gets them")
    items: list[CandidateForCases]


class MoveAsked(Body):
    """A case to be given to somebody."""

    crn: str = Field(max_length=20)
    held_by: InTeam = Field(description="who held it when it was looked at; if that isn't so any more, nothing is done")
    to: InTeam


class AllocationAsked(Body):
    """Cases to be given to people, all or none."""

    moves: list[MoveAsked] = Field(min_length=1, max_length=500)
    reason: str = Field("", max_length=100, description="needed where a case is taken from somebody who holds it")
    notes: str = Field("", max_length=4000)


class AllocationMade(Schema):
    """What was moved together; undone by its number."""

    batch: UUID


class AllocationUndone(Schema):
    """What became of taking it back."""

    moved_back: int
    left: list[str] = Field(description="cases that had moved on, and stayed")


class MovedCase(Schema):
    """One case that was moved here."""

    id: int
    batch: UUID
    crn: str
    kind: Kind
    state: str
    giver: NamedInTeam
    taker: NamedInTeam
    record: str | None = Field(description="with whom the national record says it is; null where it isn't named")
    reason: str
    notes: str
    made_at: datetime
    made_by: str


class MovedBatch(Schema):
    """What was moved together."""

    batch: UUID
    kind: Kind
    cases: int
    standing: int = Field(description="cases that stand as they were moved")
    givers: list[str] = Field(description="by name")
    takers: list[str]
    reason: str
    made_at: datetime
    made_by: str


class CasesThatWait(Page[CaseOnOffer]):
    """Cases that nobody has, those that have waited longest first."""

    as_at: AsAt


class Differences(Page[MovedCase]):
    """What was moved here and the national record doesn't say yet, the oldest first."""

    as_at: AsAt


class Moves(Page[MovedBatch]):
    """What was moved in the last thirty days, the latest first."""
