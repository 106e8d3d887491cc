"""What other weights would do: every figure worked out with them beside the figures in force. Nothing is written."""

import json
from typing import Any, Final

from django.db import connection

from londonnet.apps.workload.capacity import BAND_TO_PERCENT, NO_CAPACITY_LEFT
from londonnet.apps.workload.services.figures_sql import OF_TRIAL, worked_out
from londonnet.apps.workload.services.recompute import planning_for_much
from londonnet.apps.workload.services.weight_parameters import trial_parameters
from londonnet.apps.workload.weights import WeightSet

from .effect_rows import STEP, STEPS, Column, Effect, PersonChange, PlaceChange
from .rows import FiguresInForce, OrganisationLevel, Within
from .within import condition

MOST_PEOPLE: Final = 100
"""How many of those who pass 110% are named; how many there are is always said."""

_LEVELS: Final[dict[int, OrganisationLevel]] = {0b111: "trust", 0b011: "region", 0b101: "pdu", 0b110: "team"}
"""What `grouping(region, pdu, team)` says, as a level."""

_PLACES: Final = "SELECT array_agg(figure.place_id) FROM workload_figure figure WHERE figure.run_id = %(run)s "

_ABOVE: Final = f"{{available}} > 0 AND 100 * {{held}} > {BAND_TO_PERCENT} * {{available}}"
_STEP_OF: Final = (
    f"CASE WHEN {{available}} > 0 THEN least(greatest(div(100 * {{held}}, {STEP} * {{available}}), 0), {STEPS}) END"
)
_BEFORE: Final = {"held": "figure.points_total", "available": "figure.available"}
_AFTER: Final = {"held": "tried.points_total", "available": "tried.available"}

_COMPARED: Final = f"""
compared AS (
    SELECT figure.place_id, team.code AS team, team.name AS team_name, pdu.code AS pdu, pdu.name AS pdu_name,
        region.code AS region, region.name AS region_name, figure.grade,
        figure.points_total AS held_before, tried.points_total AS held,
        figure.available AS available_before, tried.available AS available,
        figure.capacity_note AS note_before, tried.capacity_note AS note,
        {_ABOVE.format(**_BEFORE)} AS above_before, {_ABOVE.format(**_AFTER)} AS above,
        {_STEP_OF.format(**_BEFORE)} AS step_before, {_STEP_OF.format(**_AFTER)} AS step
    FROM workload_figure figure
    JOIN worked_out tried ON tried.place_id = figure.place_id
    JOIN organisation_team team ON team.id = figure.team_id
    JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
    JOIN organisation_region region ON region.id = pdu.region_id
    WHERE figure.run_id = %(run)s
)
"""  # noqa: S608  # our own SQL

_SUMS: Final = f"""
SELECT json_build_array(grouping(region, pdu, team), coalesce(team, pdu, region),
    coalesce(team_name, pdu_name, region_name), count(*), coalesce(sum(held_before), 0), coalesce(sum(held), 0),
    coalesce(sum(available_before), 0), coalesce(sum(available), 0),
    count(*) FILTER (WHERE above_before), count(*) FILTER (WHERE above),
    count(*) FILTER (WHERE above AND NOT above_before), count(*) FILTER (WHERE above_before AND NOT above),
    coalesce(bool_or(note_before = '{NO_CAPACITY_LEFT}'), false), coalesce(bool_or(note = '{NO_CAPACITY_LEFT}'), false)
) AS line
FROM compared
GROUP BY GROUPING SETS ((), (region, region_name), (pdu, pdu_name), (team, team_name))
"""  # noqa: S608  # our own SQL

_HISTOGRAM: Final = """
SELECT json_build_array(counted.step, sum(counted.before), sum(counted.after)) AS line
FROM compared CROSS JOIN LATERAL (VALUES (step_before, 1, 0), (step, 0, 1)) counted (step, before, after)
WHERE counted.step IS NOT NULL GROUP BY counted.step
"""

_PEOPLE: Final = """
SELECT json_build_array(practitioner.om_key, trim(practitioner.forename || ' ' || practitioner.surname), compared.team,
    compared.team_name, compared.grade, held_before, held, available_before, available, note_before, note) AS line
FROM compared
JOIN organisation_practitionerinteam place ON place.id = compared.place_id
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
WHERE {whom}
ORDER BY above DESC, held::numeric / nullif(available, 0) DESC NULLS LAST, practitioner.sort_key, compared.team
LIMIT {most}
"""
_EVERYBODY: Final = {"whom": "true", "most": "ALL"}
_CROSSING: Final = {"whom": "above <> above_before", "most": MOST_PEOPLE}


def effect_of(weights: WeightSet, within: Within, *, figures: FiguresInForce) -> Effect:
    """What these weights would do to a part of the trust, against the figures in force. At most four queries.

    Args:
        weights: the weights that are tried.
        within: which part: the trust, a region, a PDU or a team. A team's people are all given.
        figures: the run that they are compared with; its extract, hours and reductions count in both.
    """
    parameters = trial_parameters(weights) | {
        "run": figures.run_id,
        "snapshot": figures.snapshot_id,
        "datestamp": figures.datestamp,
        "day": figures.day,
        "code": within.code,
    }
    some_places = within.level != "trust"
    people = _PEOPLE.format(**(_EVERYBODY if within.level == "team" else _CROSSING))
    with planning_for_much(), connection.cursor() as cursor:
        if some_places:
            cursor.execute(_PLACES + condition(within), parameters)
            parameters["places"] = cursor.fetchone()[0] or []
        cursor.execute(_statement(people, some_places=some_places), parameters)
        sums, steps, named = (json.loads(lines) if isinstance(lines, str) else lines for lines in cursor.fetchone())
    places = [_place(*line) for line in sums]
    return Effect(
        within=within,
        whole=next(place for place in places if place.level == "trust"),
        places=tuple(place for place in places if place.level != "trust"),
        columns=_columns(steps),
        people=tuple(PersonChange(*line) for line in named),
    )


def _statement(people: str, *, some_places: bool) -> str:
    parts = ", ".join(
        f"(SELECT coalesce(json_agg(line), '[]') FROM ({part}) lines)"  # noqa: S608  # our own SQL
        for part in (_SUMS, _HISTOGRAM, people)
    )
    return f"WITH {worked_out(OF_TRIAL, some_places=some_places)}, {_COMPARED} SELECT {parts}"


def _place(grouping: int, code: str | None, name: str | None, *numbers: Any) -> PlaceChange:
    return PlaceChange(_LEVELS[grouping], code or "", name or "", *numbers)


def _columns(steps: list[tuple[int, int, int]]) -> tuple[Column, ...]:
    """Every step of the distribution, those in which nobody stands too."""
    counts = {step: (before, after) for step, before, after in steps}
    return tuple(Column(step * STEP, *counts.get(step, (0, 0))) for step in range(STEPS + 1))
