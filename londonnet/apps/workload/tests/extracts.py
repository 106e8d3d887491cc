"""A trust with an extract in force, for tests of pages: a few people whose figures are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

import polars as pl

from londonnet.apps.caseload.models import CaseCount, CurrentSnapshot, Location, RosterEntry, Sheet, Snapshot
from londonnet.apps.organisation.models import PractitionerInTeam
from londonnet.apps.organisation.rosters import apply_roster
from londonnet.apps.workload.models import ContractedHours, Reduction, ReductionReason, StaffingLoad
from londonnet.apps.workload.services import recompute

DAY: Final = date(2026, 11, 20)
B2: Final = 6
"""A tier whose case weighs 115 points in the community."""


@dataclass(frozen=True)
class Person:
    """A practitioner in a team. By default 20 cases of B2 in the community: 2,300 of 2,176 points, 106%."""

    om_key: str
    name: str
    team_code: str = "N07T01"
    pdu_code: str = "N07P1"
    region_code: str = "N07R1"
    grade: str = "PO"
    cases: int = 20
    hours: Decimal | None = None
    reductions: Mapping[str, Decimal] = field(default_factory=dict)
    is_incomplete: bool = False

    def roster_row(self) -> dict[str, str]:
        """Their row in a roster."""
        forename, _, surname = self.name.partition(" ")
        return {
            "region_code": self.region_code,
            "region_desc": f"Region {self.region_code}",
            "pdu_code": self.pdu_code,
            "pdu_desc": f"Unit {self.pdu_code}",
            "ldu_code": "",
            "ldu_desc": "",
            "team_code": self.team_code,
            "team_desc": f"Team of {self.team_code}",
            "om_key": self.om_key,
            "om_surname": surname,
            "om_forename": forename,
            "om_grade_code": "M",
            "grade": self.grade,
        }


ALICE: Final = Person("N07A001", "Alice Abara", cases=27, reductions={"Pregnancy": Decimal("1.85")})
"""Above the band: 3,105 of 2,067 points, 150%."""
WITHIN: Final = Person("N07A002", "Bashir Blum")
BELOW: Final = Person("N07A003", "Chidi Cole", cases=5, is_incomplete=True)
NOT_MEASURED: Final = Person("N07A004", "Doreen Dale", grade="SPO", cases=2)
NONE_LEFT: Final = Person("N07A005", "Ewa Engel", cases=3, reductions={"Long Term Sickness Absence": Decimal(37)})
ELSEWHERE: Final = Person("N07A006", "Farah Finch", team_code="N07T02")
OTHER_PDU: Final = Person("N07A007", "Gus Green", team_code="N07T09", pdu_code="N07P2")
ALICE_ELSEWHERE: Final = Person("N07A001", "Alice Abara", team_code="N07T02", cases=4, hours=Decimal("7.4"))
EVERYBODY: Final = (ALICE, WITHIN, BELOW, NOT_MEASURED, NONE_LEFT, ELSEWHERE, OTHER_PDU)


def load(people: Iterable[Person] = EVERYBODY) -> None:
    """Put an extract that names these people in force, with their hours and reductions, and work the figures out."""
    named = list(people)
    apply_roster(pl.DataFrame([one.roster_row() for one in named]), day=DAY)
    snapshot = Snapshot.objects.create(datestamp=DAY, digest="0" * 64, practitioners=len(named))
    CurrentSnapshot.objects.update_or_create(id=1, defaults={"snapshot": snapshot})
    places = {
        (om_key, team_code): number
        for number, om_key, team_code in PractitionerInTeam.objects.values_list(
            "id", "practitioner__om_key", "team__code"
        )
    }
    for one in named:
        _hold(one, places[one.om_key, one.team_code], snapshot)
    recompute(reason="A test", day=DAY)


def _hold(one: Person, place_id: int, snapshot: Snapshot) -> None:
    of_theirs = {"snapshot": snapshot, "place_id": place_id}
    RosterEntry.objects.create(**of_theirs, grade=one.grade, sdr_due_next_30=3, is_incomplete=one.is_incomplete)
    if one.cases:
        CaseCount.objects.create(
            **of_theirs, sheet=Sheet.FILTERED, location=Location.COMMUNITY, tier=B2, count=one.cases
        )
    kind = StaffingLoad.Kind.HOURS
    staffing = StaffingLoad.objects.create(kind=kind, read=1, loaded=1, quarantined=0, ignored=0)
    for of_before in (ContractedHours, Reduction):
        of_before._default_manager.filter(place_id=place_id, superseded_by=None).update(superseded_by=staffing)
    if one.hours is not None:
        ContractedHours.objects.create(place_id=place_id, hours=one.hours, first_day=DAY, loaded_by=staffing)
    for reason, hours in one.reductions.items():
        Reduction.objects.create(
            place_id=place_id,
            reason=ReductionReason.objects.get(short_name=reason),
            hours=hours,
            first_day=DAY,
            notes=f"Agreed: {reason}",
            loaded_by=staffing,
        )
