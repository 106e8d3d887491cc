"""Kept days for tests, written straight into the tables or as the schedule keeps them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from londonnet.apps.workload.excess import Held
from londonnet.apps.workload.models import DailyFigure, KeptDay
from londonnet.apps.workload.services import keep_day
from londonnet.apps.workload.services.keeping import keep_sums_and_weeks
from londonnet.apps.workload.support import PractitionerKey

from . import building, extracts


def write(of_everybody: Mapping[PractitionerKey, Mapping[date, Held]], *, grade: str = "PO") -> None:
    """Keep these points held and available, with nothing else in the figures."""
    every: set[date] = set()
    for who, kept in of_everybody.items():
        at = building.place(who, grade)
        every |= set(kept)
        DailyFigure.objects.bulk_create(
            DailyFigure(
                day=day,
                place_id=at.pk,
                team_id=at.team_id,
                pdu_id=at.team.pdu_id,
                region_id=at.team.pdu.region_id,
                grade=grade,
                cases=1,
                t2a_cases=0,
                points_cases=points,
                points_t2a=Decimal(0),
                points_reports=0,
                points_support=0,
                points_total=points,
                contracted_hours=Decimal(37),
                reduction_hours=Decimal(0),
                available=available,
                capacity_note="" if available else "not measured",
                is_incomplete=False,
            )
            for day, (points, available) in kept.items()
        )
    KeptDay.objects.bulk_create(
        KeptDay(day=day, kept_at=timezone.now(), source="kept", datestamp=day, weight_version=1, practitioners=1)
        for day in sorted(every)
    )
    if every:
        keep_sums_and_weeks(every)


def weeks_kept(days: int = 40, people: Iterable[extracts.Person] = extracts.EVERYBODY) -> date:
    """An extract in force, and its figures kept for so many days before today; today itself isn't kept."""
    extracts.load(people)
    today = timezone.localdate()
    for before in range(days, 0, -1):
        keep_day(day=today - timedelta(days=before))
    return today
