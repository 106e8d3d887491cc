"""Everybody who could be given cases, with what they carry now and what came to them lately."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from londonnet.apps.workload.absences import Spell, hours_again_on
from londonnet.apps.workload.capacity import NO_CAPACITY_LEFT
from londonnet.apps.workload.moves import NO_CHANGE, Change, Effect
from londonnet.apps.workload.selectors.rows import FiguresInForce
from londonnet.apps.workload.selectors.staffing import TERMS_IN_FORCE
from londonnet.platform.access.policy import Place, Reach

from ..practitioner_sql import NAME, NOBODYS, PLACES
from .scope import IN_SCOPE, scope_parameters

RECEIVED_DAYS: Final = 7
_RECEIVED: Final = """
SELECT count(*) FROM (
    SELECT crn FROM caseload_casereceived arrived WHERE arrived.place_id = figure.place_id AND arrived.day >= %(since)s
    UNION
    SELECT crn FROM caseload_allocation made
    WHERE made.to_place_id = figure.place_id AND made.made_at >= %(since_at)s AND made.state IN ('standing', 'agreed')
) got
"""
_SPELLS: Final = f"""
SELECT json_agg(json_build_array(reduction.hours::text, reduction.first_day, reduction.last_day))
FROM workload_reduction reduction JOIN ({TERMS_IN_FORCE}) terms ON terms.reason_id = reduction.reason_id
WHERE figure.capacity_note = '{NO_CAPACITY_LEFT}' AND reduction.place_id = figure.place_id AND terms.enabled
    AND reduction.superseded_by_id IS NULL AND reduction.deleted_at IS NULL
    AND coalesce(reduction.last_day, 'infinity') >= %(day)s
"""  # noqa: S608  # our own SQL
_CANDIDATES: Final = f"""
SELECT figure.place_id, practitioner.om_key, {NAME}, team.code, team.name, pdu.code, region.code, figure.grade,
    figure.cases, figure.points_total, figure.available, figure.capacity_note, figure.contracted_hours,
    figure.reduction_hours, figure.is_incomplete, ({_RECEIVED}), ({_SPELLS})
FROM workload_figure figure
JOIN organisation_practitionerinteam place ON place.id = figure.place_id
{PLACES}
WHERE figure.run_id = %(run)s AND NOT {NOBODYS} AND ({IN_SCOPE} OR figure.place_id = ANY(%(also)s))
ORDER BY practitioner.sort_key, practitioner.om_key, team.code
"""  # noqa: S608  # our own SQL


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be given cases.

    Attributes:
        received: cases that came to them in the last seven days, from an extract or from here.
        hours_again: where reductions take all their hours, the day on which they have some again, if it is known.
    """

    place_id: int
    om_key: str
    name: str
    team_code: str
    team_name: str
    pdu_code: str
    region_code: str
    grade: str
    cases: int
    points: int
    available: int
    note: str
    contracted_hours: Decimal | None
    reduction_hours: Decimal
    is_incomplete: bool
    received: int
    hours_again: date | None

    @property
    def place(self) -> Place:
        """Where they belong, for the access policy."""
        return Place(self.om_key, self.team_code, self.pdu_code, self.region_code)

    @property
    def is_away(self) -> bool:
        """Whether reductions take all their hours."""
        return self.note == NO_CAPACITY_LEFT

    def with_change(self, change: Change = NO_CHANGE) -> Effect:
        """Their workload now, and with what a move adds or takes."""
        return Effect(
            self.place_id,
            self.points,
            self.points + change.points,
            self.cases,
            self.cases + change.cases,
            self.available,
        )


def candidates(scope: Reach, *, figures: FiguresInForce, also: Collection[int] = ()) -> tuple[Candidate, ...]:
    """Everybody in a part of the trust whom the extract names and who could be given cases, by name. One query.

    Args:
        scope: the part of the trust.
        figures: the run that readers see.
        also: numbers of practitioners-in-team who are wanted wherever they are.
    """
    since = figures.day - timedelta(days=RECEIVED_DAYS - 1)
    asked = {
        "run": figures.run_id,
        "day": figures.day,
        "since": since,
        "since_at": timezone.make_aware(datetime.combine(since, time.min)),
        "also": sorted(also),
        **scope_parameters(scope),
    }
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, asked)
        return tuple(_candidate(figures.day, *row) for row in cursor.fetchall())


def _candidate(day: date, *row: Any) -> Candidate:
    known: tuple[Any, ...] = (*row[:-1], _hours_again(day, row[12], row[-1] or []))
    return Candidate(*known)


def _hours_again(day: date, contracted: Decimal | None, spells: list[tuple[str, str, str | None]]) -> date | None:
    if not spells or contracted is None:
        return None
    known = [
        Spell(Decimal(hours), date.fromisoformat(first), date.fromisoformat(last) if last else None)
        for hours, first, last in spells
    ]
    return hours_again_on(contracted, known, on=day)
