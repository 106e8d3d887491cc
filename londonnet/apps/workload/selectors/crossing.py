"""Who has come above the band since a moment ago."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.db import connection

from londonnet.apps.workload.capacity import BAND_TO_PERCENT
from londonnet.platform.access.policy import Place

from .practitioner_sql import NOBODYS

_ABOVE: Final = f"{{}}.available > 0 AND {{}}.points_total * 100 > {{}}.available * {BAND_TO_PERCENT}"


def _above(name: str) -> str:
    return f"({_ABOVE.format(name, name, name)})"


_NOW_ABOVE: Final = f"""
SELECT figure.place_id FROM workload_figure figure
WHERE figure.run_id = %s AND figure.place_id = ANY(%s) AND {_above("figure")}
"""  # noqa: S608  # our own SQL
# A run that has just been made isn't in the planner's statistics, and a join would loop: at national size for seconds.
_CROSSED: Final = f"""
SELECT fresh.place_id FROM workload_figure fresh WHERE fresh.run_id = %s AND {_above("fresh")}
INTERSECT
SELECT earlier.place_id FROM workload_figure earlier WHERE earlier.run_id = %s AND NOT {_above("earlier")}
ORDER BY place_id
"""  # noqa: S608  # our own SQL
_PEOPLE: Final = f"""
SELECT practitioner.om_key, trim(practitioner.forename || ' ' || practitioner.surname), team.code, team.name,
    pdu.code, region.code, 100.0 * figure.points_total / figure.available
FROM workload_currentfigures pointer
JOIN workload_figure figure ON figure.run_id = pointer.run_id AND figure.place_id = ANY(%s) AND {_above("figure")}
JOIN organisation_practitionerinteam place ON place.id = figure.place_id
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id AND NOT {NOBODYS}
JOIN organisation_team team ON team.id = figure.team_id
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
JOIN organisation_region region ON region.id = pdu.region_id
ORDER BY team.code, 7 DESC, 1
"""  # noqa: S608  # our own SQL

_NUMBERS: Final = """
SELECT place.id FROM unnest(%s::text[], %s::text[]) wanted (om_key, team_code)
JOIN organisation_practitioner practitioner ON practitioner.om_key = wanted.om_key
JOIN organisation_team team ON team.code = wanted.team_code
JOIN organisation_practitionerinteam place ON place.practitioner_id = practitioner.id AND place.team_id = team.id
"""


@dataclass(frozen=True, slots=True)
class PersonAbove:
    """Somebody who is above the band at present; `percent` is their capacity."""

    om_key: str
    name: str
    team_code: str
    team_name: str
    pdu_code: str
    region_code: str
    percent: float

    @property
    def place(self) -> Place:
        """Where they belong, for the access policy."""
        return Place(self.om_key, self.team_code, self.pdu_code, self.region_code)


def above_in_run(run_id: int, place_ids: Collection[int]) -> set[int]:
    """Those of these practitioners-in-team who are above the band in a run. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW_ABOVE, [run_id, sorted(place_ids)])
        return {place_id for (place_id,) in cursor.fetchall()}


def crossed_between(earlier: int, fresh: int) -> list[int]:
    """Practitioners-in-team who are above the band in one run and weren't in an earlier one. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_CROSSED, [fresh, earlier])
        return [place_id for (place_id,) in cursor.fetchall()]


def people_above(place_ids: Collection[int]) -> list[PersonAbove]:
    """Those people among them who are above the band at present, by team, the highest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [sorted(place_ids)])
        return [PersonAbove(om_key, name or om_key, *rest) for om_key, name, *rest in cursor.fetchall()]


def place_ids_of(keys: Iterable[tuple[str, str]]) -> list[int]:
    """The numbers of practitioners-in-team, given as om_key and team code. One query."""
    pairs = list(keys)
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [[om_key for om_key, _ in pairs], [team for _, team in pairs]])
        return [place_id for (place_id,) in cursor.fetchall()]
