"""What the operations about reductions, hours and reasons take and answer."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from ninja import Schema
from pydantic import Field

from londonnet.apps.workload.capacity import Note
from londonnet.platform.api.bodies import Body
from londonnet.platform.api.paging import Page

from .parts import Day

Status = Literal["SCHEDULED", "ACTIVE", "ARCHIVED", "DELETED"]
Kind = Literal["personal", "learning", "work"]


class ReductionListed(Schema):
    """A reduction in a list."""

    number: int = Field(description="of the state in force; every change gives a new one")
    om_key: str
    name: str
    team_code: str
    team_name: str
    reason: str = Field(description='"Personal" where the caller may not know more')
    kind: Kind
    is_hidden: bool = Field(description="whether reason and notes are kept from the caller")
    hours: float = Field(description="a week")
    first_day: date
    last_day: date | None = Field(description="null where it goes on")
    status: Status
    counts: bool = Field(description="whether it takes hours off today")
    notes: str = Field(description="empty where the caller may not know them")


class ReductionStateShown(Schema):
    """What a reduction was from one change to the next."""

    number: int = Field(description="of this state")
    is_in_force: bool = Field(description="whether nothing has replaced it")
    om_key: str
    team_code: str
    name: str
    reason: str = Field(description='"Personal" where the caller may not know more')
    is_hidden: bool = Field(description="whether reason, notes and why are kept from the caller")
    hours: float = Field(description="a week")
    first_day: date
    last_day: date | None
    status: Status
    notes: str
    act: str = Field(description="added, changed, ended, deleted, put_back, taken_along or loaded")
    done_by: str
    done_at: datetime
    why: str


class ReductionWithHistory(ReductionStateShown):
    """A reduction as it is now, with every state that it had, the latest first."""

    history: list[ReductionStateShown]


_ADDED: Final = {
    "om_key": "N07A001",
    "team_code": "N07T01",
    "reason": "Court Duty",
    "percent": 20,
    "first_day": "2026-04-01",
    "last_day": "2026-09-30",
    "notes": "Agreed in supervision",
}
_HOURS: Final = {"hours": 18.5, "first_day": "2026-04-01", "version": 0, "why": "Part time from April"}


class ReductionAmount(Body):
    """How many hours are taken off whom, and when. Give hours, or percent of the contracted ones."""

    om_key: str = Field(max_length=20)
    team_code: str = Field(max_length=20)
    hours: Decimal | None = Field(None, decimal_places=2, ge=0, le=168, description="a week")
    percent: Decimal | None = Field(None, decimal_places=2, gt=0, le=100, description="of contracted hours")
    first_day: Day
    last_day: Day | None = Field(None, description="still counts; null where it goes on")


class ReductionAdded(ReductionAmount, json_schema_extra={"examples": [_ADDED]}):
    """A new reduction."""

    reason: str = Field(max_length=200, description="its name or short name; /reasons lists them")
    notes: str = Field("", max_length=4000)


class ReductionTried(ReductionAmount):
    """A reduction whose effect is asked."""

    instead_of: int | None = Field(None, description="number of the reduction that it would change")


class HoursTried(Body):
    """Contracted hours whose effect is asked."""

    hours: Decimal = Field(decimal_places=2, ge=0, le=168, description="a week")
    first_day: Day


class WhatStaffingDoes(Schema):
    """A capacity as it is and as it would be."""

    day: date = Field(description="the day that it is about")
    contracted_hours: float | None = Field(description="a week on that day, with the change")
    reduction_hours: float = Field(description="a week of all reductions on that day, with the change")
    is_too_much: bool = Field(description="whether reductions together take more than the contracted hours")
    capacity_before: float | None = Field(description="percent, not rounded; null where there is none")
    capacity_after: float | None = Field(description="percent, not rounded; null where there is none")
    capacity_note: Note | None = Field(description="why there is none afterwards")


class ReductionChanged(Body):
    """What shall be different; what isn't sent stays. Reason and notes that one may not know can't be sent."""

    reason: str | None = Field(None, max_length=200, description="its name or short name")
    hours: Decimal | None = Field(None, decimal_places=2, ge=0, le=168, description="a week")
    first_day: Day | None = None
    last_day: Day | None = Field(None, description="still counts; null where it goes on")
    notes: str | None = Field(None, max_length=4000)
    why: str = Field("", max_length=1000)


class ReductionEnded(Body):
    """When it ends, earlier than it would."""

    last_day: Day = Field(description="still counts")
    why: str = Field("", max_length=1000)


class Reasoned(Body):
    """Why."""

    why: str = Field("", max_length=1000)


class HoursPeriodShown(Schema):
    """Contracted hours for a period, and the change that they came by."""

    hours: float = Field(description="a week")
    first_day: date
    last_day: date | None = Field(description="null where they go on")
    is_in_force: bool = Field(description="whether nothing has replaced them")
    act: str = Field(description="added, changed, taken_along or loaded")
    done_by: str
    done_at: datetime
    why: str


class ContractedHoursShown(Schema):
    """The contracted hours of one practitioner in one team."""

    om_key: str
    team_code: str
    name: str
    grade: str
    default_hours: float | None = Field(description="of the grade, which hold without hours of one's own")
    contracted_hours: float | None = Field(description="a week, today")
    reduction_hours: float = Field(description="a week, today")
    version: int = Field(description="send it with a change: if others came meanwhile, nothing is overwritten")
    periods: list[HoursPeriodShown] = Field(description="those in force first, the latest first")


class HoursSet(Body, json_schema_extra={"examples": [_HOURS]}):
    """Other hours from a day on, or for some days."""

    hours: Decimal = Field(decimal_places=2, ge=0, le=168, description="a week")
    first_day: Day
    last_day: Day | None = Field(None, description="still counts; null where they go on")
    version: int | None = Field(None, description="of the hours that were read; null where nobody read them before")
    why: str = Field("", max_length=1000)
    is_sure: bool = Field(False, description="that more than 48 hours a week are right; else they are refused")


class TermsShown(Schema):
    """What a reason allows from a day on."""

    valid_from: date
    allowance_percent: int | None = Field(description="the usual share of contracted hours")
    maximum_percent: int | None = Field(description="the most; null where contracted hours are the only bound")
    months_to_expiry: int | None = Field(description="how long it usually lasts")
    enabled: bool = Field(description="whether reductions for this reason count")
    set_by: str
    why: str


class ReasonShown(Schema):
    """A reason for reductions."""

    number: int
    name: str
    short_name: str
    kind: Kind
    in_force: TermsShown | None = Field(description="null where it isn't used yet")
    to_come: list[TermsShown]
    history: list[TermsShown] = Field(description="all of them, the latest first; empty in lists")
    version: int = Field(description="send it with other terms: if others came meanwhile, nothing is overwritten")


class TermsOfReason(Body):
    """What a reason allows."""

    allowance_percent: int | None = None
    maximum_percent: int | None = None
    months_to_expiry: int | None = None
    enabled: bool = True
    why: str = Field("", max_length=1000)


class TermsSet(TermsOfReason):
    """What a reason allows from a day on."""

    valid_from: Day = Field(description="today or later")
    version: int | None = Field(None, description="of the terms that were read; null where nobody read them before")


class ReasonAdded(TermsOfReason):
    """A new reason; it can be used at once."""

    name: str = Field(max_length=200)
    short_name: str = Field("", max_length=100, description="the name unless it is given")
    kind: Kind


class LeftBehind(Schema):
    """Hours or reductions that still run in a team that somebody left."""

    om_key: str
    name: str
    team_code: str
    ended_on: date = Field(description="the day of the extract that named them there no more")
    contracted_hours: float | None = Field(description="a week; null where no hours stayed behind")
    reduction_hours: float = Field(description="a week")
    to_team_codes: list[str] = Field(description="the teams within reach that it can be taken along to")


class TakenAlong(Body):
    """What shall hold in another team."""

    om_key: str = Field(max_length=20)
    team_code: str = Field(max_length=20, description="where it stayed behind")
    to_team_code: str = Field(max_length=20, description="where it shall hold")


class ReductionsPage(Page[ReductionListed]):
    """Reductions of a place or a practitioner, by name."""

    counts: dict[str, int] = Field(description="how many there are by status")


class LeftBehindPage(Page[LeftBehind]):
    """What stayed behind, the latest leavers first."""


class Reasons(Schema):
    """The reasons for reductions, in the order of lists."""

    items: list[ReasonShown]
