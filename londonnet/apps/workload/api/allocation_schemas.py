"""What the operations of allocation take and answer."""

from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, field_validator

from londonnet.apps.workload.selectors import Within
from londonnet.platform.api.bodies import Body
from londonnet.platform.api.paging import Page

from .parts import part_called
from .schemas import AsAt

Kind = Literal["allocated", "reallocated", "put-back"]
MoveState = Literal["standing", "agreed", "undone", "replaced", "gone", "dropped"]


class PlaceAsked(Schema):
    """Which part of the trust."""

    within: str = Field(
        "",
        max_length=60,
        description="only in this part: trust, region:CODE, pdu:CODE or team:CODE. "
        "Without it: everything that the caller may allocate in",
    )

    @field_validator("within")
    @classmethod
    def _is_a_place(cls, value: str) -> str:
        if value and part_called(value).level == "practitioner":
            raise ValueError("This must be trust, region:CODE, pdu:CODE or team:CODE.")
        return value

    @property
    def part(self) -> Within | None:
        """The place; None where none was asked for."""
        return part_called(self.within) if self.within else None


class InTeam(Body):
    """A practitioner in a team."""

    om_key: str = Field(max_length=20)
    team_code: str = Field(max_length=20)


class InTeamAsked(Schema):
    """Which practitioner, in which of their teams."""

    om_key: str = Field(max_length=20, description="who")
    team_code: str = Field(max_length=20, description="in which of their teams")


class NamedInTeam(InTeam):
    """A practitioner in a team, with their name."""

    name: str


class CaseOnOffer(Schema):
    """A case that can be given to somebody."""

    crn: str
    tier: str = Field(description="A3 to D0, with an S where contact is suspended, or Untiered")
    location: str = Field(description="community, custody or licence")
    flags: list[str] = Field(description="such as warrant or overdue")
    held_by: InTeam = Field(description="send it back as it is when the case is moved")
    waits: bool = Field(description="whether nobody has it")
    since: date | None = Field(description="the day from which they hold it; null where it isn't known")


class MoveAsked(Body):
    """A case to be given to somebody."""

    crn: str = Field(max_length=20)
    held_by: InTeam = Field(description="who held it when it was looked at; if that isn't so any more, nothing is done")
    to: InTeam


_HELD: Final = {"om_key": "N07A001", "team_code": "N07T01"}
_MOVE: Final = {"crn": "X000001", "held_by": _HELD, "to": {"om_key": "N07A002", "team_code": "N07T01"}}
_MADE: Final = {"moves": [_MOVE], "reason": "Sickness", "notes": "Until she is back"}


class AllocationAsked(Body, json_schema_extra={"examples": [_MADE]}):
    """Cases to be given to people, all or none."""

    moves: list[MoveAsked] = Field(min_length=1, max_length=500)
    reason: str = Field(
        "",
        max_length=100,
        description="needed where a case is taken from somebody who holds it; /allocation/reasons lists them",
    )
    notes: str = Field("", max_length=4000)


class CasePutBack(Body):
    """A case to be put back."""

    crn: str = Field(max_length=20)
    held_by: InTeam = Field(description="who held it when it was looked at; if that isn't so any more, nothing is done")


class CasesPutBack(Body):
    """Cases to be put back, all or none."""

    cases: list[CasePutBack] = Field(min_length=1, max_length=500)
    reason: str = Field("", max_length=100, description="why; /allocation/reasons lists them")
    notes: str = Field("", max_length=4000)


class AllocationMade(Schema):
    """What was moved together."""

    batch: UUID = Field(description="by which it is looked at and undone: /allocation/moves/{batch}")


class AllocationUndone(Schema):
    """What became of taking it back."""

    moved_back: int
    left: list[str] = Field(description="cases that had moved on, and stayed")


class MovedCase(Schema):
    """One case that was moved here."""

    id: int = Field(description="the number under /allocation/differences/{number}")
    batch: UUID = Field(description="of what was moved together with it")
    crn: str
    kind: Kind
    state: MoveState = Field(description="standing: not yet in the national record; dropped: the record was let stand")
    giver: NamedInTeam
    taker: NamedInTeam
    is_compared: bool = Field(description="whether an extract of a later day has been loaded since")
    record: str | None = Field(
        description="with whom that extract says it is; null where it isn't named or there is none"
    )
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


class CasesOfSomebody(Page[CaseOnOffer]):
    """Cases that somebody holds, the highest tier first."""

    as_at: AsAt


class MovedTogether(Schema):
    """Cases that were moved together."""

    as_at: AsAt
    items: list[MovedCase]


class AllocationReasons(Schema):
    """Reasons for taking a case from somebody, in the order of lists."""

    items: list[str]


class Differences(Page[MovedCase]):
    """What was moved here and the national record doesn't say yet; what an extract contradicts comes first."""

    as_at: AsAt


class Moves(Page[MovedBatch]):
    """What was moved in the last thirty days, the latest first."""
