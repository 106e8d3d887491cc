"""Lists of cases, for programs: the cases behind a number."""

from datetime import date
from typing import Any, Final, Literal

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field, field_validator

from londonnet.apps.caseload.asked import part_called, subject_within
from londonnet.apps.caseload.case_json import case_json
from londonnet.apps.caseload.columns import LOCATION_NAMES, NO_GRADE
from londonnet.apps.caseload.flags import FLAG_OF_NAME
from londonnet.apps.caseload.selectors import CaseFilter, current_snapshot, part_of_cases
from londonnet.apps.caseload.tiers import tier_numbers
from londonnet.platform.access import policy
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Page, Paging, part_of
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.audit import consulted
from londonnet.platform.trusts.snapshot import snapshot

router = ApiRouter()
LIST: Final = "caseload.list"
Flagged = Literal["warrant", "overdue", "priority", "unpaid-work", "suspended", "standalone-order", "suspended-lifer"]


class CasesAsked(Schema):
    """Whose cases, and which of them."""

    within: str = Field(
        "trust",
        max_length=60,
        description="whose: trust (all within reach), region:CODE, pdu:CODE, team:CODE or practitioner:OM_KEY",
    )
    team_code: str = Field("", max_length=20, description="of a practitioner: only in this team")
    tier: str = Field(
        "", max_length=10, description="only this tier, such as b2 or untiered, or a, b, c, d or s for all of those"
    )
    location: Literal["community", "custody", "licence"] | None = Field(None, description="only there")
    flag: Flagged | None = Field(None, description="only those flagged so")
    t2a: bool | None = Field(None, description="only those in transition to adulthood, or only others")
    active: bool | None = Field(None, description="only those neither on warrant nor overdue, or only others")
    omic: bool | None = Field(None, description="only those of offender management in custody, or only others")
    grade: str | None = Field(None, max_length=10, description=f"of the practitioner; {NO_GRADE} where none is given")
    sort: Literal["crn", "tier", "location", "practitioner", "team"] = Field("crn", description="in which order")
    descending: bool = Field(False, description="the other way round")

    @field_validator("within")
    @classmethod
    def _is_a_part(cls, value: str) -> str:
        part_called(value)
        return value

    @field_validator("tier")
    @classmethod
    def _is_a_tier(cls, value: str) -> str:
        if value and not tier_numbers(value):
            raise ValueError("There is no such tier.")
        return value

    @property
    def narrowed(self) -> CaseFilter:
        """Which of them."""
        return CaseFilter(
            tiers=tier_numbers(self.tier),
            location=LOCATION_NAMES.get(self.location or ""),
            flag=FLAG_OF_NAME.get(self.flag or ""),
            is_t2a=self.t2a,
            is_active=self.active,
            is_omic=self.omic,
            grade="" if self.grade == NO_GRADE else self.grade,
        )


class CaseListed(Schema):
    """A case, and who holds it."""

    crn: str
    tier: str = Field(description="A3 to D0, with an S where contact is suspended, or Untiered")
    location: str = Field(description="community, custody or licence")
    om_key: str
    name: str = Field(description="of the practitioner")
    team_code: str
    team_name: str
    flags: list[str] = Field(description="by the names that the parameter takes")


class CasesPage(Page[CaseListed]):
    """Cases of the extract in force."""

    extract: date | None = Field(description="the day that it describes; null before the first one")


@router.read("/cases", permission=LIST, answer=CasesPage)
def cases(request: HttpRequest, asked: Query[CasesAsked], paging: Query[Paging]) -> dict[str, Any]:
    """The cases behind a number.

    Of a practitioner or a place, as far as they are within the caller's reach. That the list was looked at is in the
    trail.
    """
    level, code = part_called(asked.within)
    with snapshot():
        subject = subject_within(policy.reach(caller(request), LIST), level, code, asked.team_code)
        extract = current_snapshot()
        if extract is None:
            return part_of((), 0, paging, case_json, extract=None)
        rows, total = part_of_cases(
            subject.places,
            extract,
            narrowed=asked.narrowed,
            sort=f"-{asked.sort}" if asked.descending else asked.sort,
            first=paging.offset,
            size=paging.limit,
        )
    consulted("caselist", subject.identifier)
    return part_of(rows, total, paging, case_json, extract=extract.datestamp)
