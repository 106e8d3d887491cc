"""An organisation, an extract, hours and reductions for tests, written straight into the tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from londonnet.apps.caseload.models import CaseCount, CurrentSnapshot, Location, RosterEntry, Sheet, Snapshot
from londonnet.apps.caseload.models import SupportContact as StoredContact
from londonnet.apps.organisation.models import Pdu, Practitioner, PractitionerInTeam, Region, Team
from londonnet.apps.workload.models import (
    ContractedHours,
    Reduction,
    ReductionReason,
    StaffingLoad,
)
from londonnet.apps.workload.support import PractitionerKey, SupportContact
from londonnet.apps.workload.tiers import Counts

DATESTAMP = date(2026, 11, 20)
DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Entry:
    """What an extract says of one practitioner-in-team."""

    cases: Counts = field(default_factory=dict)
    t2a: Counts = field(default_factory=dict)
    grade: str = "PO"
    sdr: int = 0
    conversions: int = 0
    only_omic: bool = False
    is_incomplete: bool = False


def key(om_key: str, team_code: str) -> PractitionerKey:
    """A practitioner-in-team."""
    return PractitionerKey(om_key, team_code)


ALICE = key("N07A001", "N07T01")
B2 = ("community", 6)
"""Where a case weighs 115 points."""


def team(code: str, pdu_code: str = "N07P1", region_code: str = "N07R1") -> Team:
    """A team, with the PDU and the region above it."""
    region, _ = Region.objects.get_or_create(code=region_code, defaults={"name": f"Region {region_code}"})
    pdu, _ = Pdu.objects.get_or_create(code=pdu_code, defaults={"name": f"PDU {pdu_code}", "region": region})
    made, _ = Team.objects.get_or_create(code=code, defaults={"name": f"Team {code}", "pdu": pdu})
    return made


def place(who: PractitionerKey, grade: str = "PO") -> PractitionerInTeam:
    """A practitioner in a team; both are made where they aren't there yet."""
    person, _ = Practitioner.objects.get_or_create(
        om_key=who.om_key, defaults={"surname": who.om_key, "forename": "Pat", "sort_key": who.om_key.lower()}
    )
    made, _ = PractitionerInTeam.objects.get_or_create(
        practitioner=person,
        team=Team.objects.filter(code=who.team_code).first() or team(who.team_code),
        defaults={"grade": grade, "started_on": DATESTAMP},
    )
    return made


def extract(
    entries: Mapping[PractitionerKey, Entry],
    contacts: Sequence[SupportContact] = (),
    *,
    datestamp: date = DATESTAMP,
) -> Snapshot:
    """An extract that is in force."""
    snapshot = Snapshot.objects.create(datestamp=datestamp, digest="0" * 64)
    for who, entry in entries.items():
        _write_entry(snapshot, place(who, entry.grade), entry)
    StoredContact.objects.bulk_create(
        StoredContact(
            snapshot=snapshot,
            contact_id=str(number),
            contact_date=contact.contact_date,
            contact_type_code=contact.code,
            contact_type_desc="Home visit",
            done_by=place(contact.done_by),
            managed_by=place(contact.managed_by),
        )
        for number, contact in enumerate(contacts)
    )
    CurrentSnapshot.objects.update_or_create(id=1, defaults={"snapshot": snapshot})
    return snapshot


def _write_entry(snapshot: Snapshot, at: PractitionerInTeam, entry: Entry) -> None:
    RosterEntry.objects.create(
        snapshot=snapshot,
        place=at,
        grade=entry.grade,
        only_omic=entry.only_omic,
        is_incomplete=entry.is_incomplete,
        sdr_last_30=entry.sdr,
        sdr_conversion_last_30=entry.conversions,
        sdr_due_next_30=2,
        oral_reports=1,
    )
    # Counts of the other two sheets stand beside those that are scored, and must not be.
    sheets = {Sheet.FILTERED: entry.cases, Sheet.T2A: entry.t2a, Sheet.ALL: entry.cases, Sheet.OMIC: entry.t2a}
    CaseCount.objects.bulk_create(
        CaseCount(snapshot=snapshot, sheet=sheet, place=at, location=Location[location.upper()], tier=tier, count=count)
        for sheet, counts in sheets.items()
        for (location, tier), count in counts.items()
        if count
    )


def a_load(kind: StaffingLoad.Kind = StaffingLoad.Kind.HOURS) -> StaffingLoad:
    """A load for rows to name."""
    return StaffingLoad.objects.create(kind=kind, read=0, loaded=0, quarantined=0, ignored=0)


def hours(who: PractitionerKey, hours: str | Decimal, first_day: date, last_day: date | None = None) -> ContractedHours:
    """Contracted hours that are in force."""
    return ContractedHours.objects.create(
        place=place(who), hours=Decimal(hours), first_day=first_day, last_day=last_day, loaded_by=a_load()
    )


def reduction(
    who: PractitionerKey,
    hours: str | Decimal,
    first_day: date,
    last_day: date | None = None,
    *,
    reason: str = "Court Duty",
) -> Reduction:
    """A reduction that is held."""
    return Reduction.objects.create(
        place=place(who),
        reason=ReductionReason.objects.get(name=reason),
        hours=Decimal(hours),
        first_day=first_day,
        last_day=last_day,
        loaded_by=a_load(StaffingLoad.Kind.REDUCTIONS),
    )
