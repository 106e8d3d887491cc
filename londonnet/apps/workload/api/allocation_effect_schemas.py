"""What the operations about the effect of moves take and answer."""

from datetime import date

from ninja import Schema
from pydantic import Field

from londonnet.apps.workload.capacity import Note
from londonnet.platform.api.bodies import Body

from .allocation_schemas import CaseOnOffer, InTeam
from .schemas import AsAt


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
    available: int = Field(description="points that they can carry")
    capacity_now: float | None = Field(description="percent, not rounded; null where there is none")
    capacity_after: float | None = Field(description="percent, not rounded; null where there is none")
    capacity_note: Note | None = Field(description="why there is no capacity")
    contracted_hours: float | None = Field(description="a week; null where neither the person nor the grade has any")
    reduction_hours: float = Field(description="a week, that active reductions take off")
    received_last_7_days: int = Field(description="cases that they got in these days")
    hours_again_on: date | None = Field(description="where reductions take all hours, when they have some again")


class CasesLookedAt(Schema):
    """Cases as they stand."""

    as_at: AsAt
    cases: list[CaseOnOffer] = Field(description="those within the caller's reach, the highest tier first")
    gone: list[str] = Field(description="CRNs of which nothing may be told: out of reach, or there is no such case")


class Candidates(CasesLookedAt):
    """Everybody who could get the cases; who has most room comes first."""

    gained: int = Field(description="points that all of the cases add to whoever gets them")
    items: list[CandidateForCases]


class MoveTried(Body):
    """A case, and who would get it."""

    crn: str = Field(max_length=20)
    to: InTeam


class MovesTried(Body):
    """Moves whose effect is asked."""

    moves: list[MoveTried] = Field(min_length=1, max_length=500)


class WhatMovesDo(CasesLookedAt):
    """Everybody who gives or gets a case, by name; posts for cases that nobody has aren't among them."""

    items: list[CandidateForCases]


class SpreadAsked(Body):
    """Cases to be spread, and over whom."""

    crns: list[str] = Field(min_length=1, max_length=500)
    targets: list[InTeam] = Field(min_length=1, max_length=100, description="over whom")
    fill_to_percent: int | None = Field(None, ge=0, le=999, description="nobody above this capacity; no limit if null")


class MoveProposed(Schema):
    """A case, and who would get it."""

    crn: str
    held_by: InTeam
    to: InTeam | None = Field(description="null where it stays: nobody has room")


class SpreadProposed(CasesLookedAt):
    """Who would get which case, and what it does."""

    moves: list[MoveProposed]
    targets: list[CandidateForCases] = Field(description="those over whom they are spread, with what each would get")
    givers: list[CandidateForCases] = Field(description="those who hold some of the cases")
