"""Extracts for tests: a roster and the cases of its practitioners."""

from datetime import date

import polars as pl

from londonnet.apps.caseload.models import Case, CurrentSnapshot, Location, Snapshot
from londonnet.apps.organisation.models import PractitionerInTeam
from londonnet.apps.organisation.rosters import apply_roster

DAY = date(2026, 11, 20)


def new_snapshot() -> Snapshot:
    """An extract of that day, in force."""
    snapshot = Snapshot.objects.create(datestamp=DAY, digest="0" * 64)
    CurrentSnapshot.objects.update_or_create(id=1, defaults={"snapshot": snapshot})
    return snapshot


def case(snapshot: Snapshot, crn: str, om_key: str, team_code: str, **others: object) -> Case:
    """A case of a practitioner in team."""
    place = PractitionerInTeam.objects.get(practitioner__om_key=om_key, team__code=team_code)
    wanted = {"tier": 6, "location": Location.COMMUNITY, **others}
    return Case.objects.create(snapshot=snapshot, crn=crn, place=place, **wanted)


def give_cases(rows: pl.DataFrame, *, cases: int) -> Snapshot:
    """Apply a roster and share out so many cases, every flag set on some."""
    apply_roster(rows, day=DAY)
    snapshot = new_snapshot()
    places = list(PractitionerInTeam.objects.order_by("pk"))
    Case.objects.bulk_create(
        Case(
            snapshot=snapshot,
            crn=f"X{n:06}",
            place=places[n % len(places)],
            tier=n % 33,
            location=Location(n % 3 + 1),
            is_warrant=n % 5 == 0,
            is_unpaid_work=n % 5 == 1,
            is_priority=n % 5 == 2,
        )
        for n in range(cases)
    )
    return snapshot
