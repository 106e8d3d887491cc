"""What other weights would do: every figure worked out with them beside the figures in force. Nothing is written."""

from typing import Any, Final

from django.db import connection

from londonnet.apps.workload.capacity import BAND_TO_PERCENT, NO_CAPACITY_LEFT
from londonnet.apps.workload.services.figures_sql import OF_TRIAL, worked_out
from londonnet.apps.workload.services.planning import plan_for_much
from londonnet.apps.workload.services.weight_parameters import trial_parameters
from londonnet.apps.workload.weights import WeightSet

from .effect_rows import STEP, STEPS, Column, Effect, PersonChange, PlaceChange
from .practitioner_sql import NOBODYS_NUMBERS
from .rows import FiguresInForce, OrganisationLevel, Within
from .within import condition

MOST_PEOPLE: Final = 100
"""How many of those who pass 110% are named; how many there are is always said."""

_LEVELS: Final[dict[int, OrganisationLevel]] = {0b111: "trust", 0b011: "region", 0b001: "pdu", 0b000: "team"}
"""What `grouping(region, pdu, team)` says, as a level: a team's row says its PDU and region too."""

_PLACES: Final = "SELECT array_agg(figure.place_id) FROM workload_figure figure WHERE figure.run_id = %(run)s "

# A post for unallocated cases is nobody: its points count in its place, and it stands in no number of people.
_IS_PERSON: Final = "figure.place_id <> ALL(nobodys.numbers)"
_ABOVE: Final = f"{_IS_PERSON} AND {{available}} > 0 AND 100 * {{held}} > {BAND_TO_PERCENT} * {{available}}"
_STEP_OF: Final = (
    f"CASE WHEN {_IS_PERSON} AND {{available}} > 0 THEN "
    f"least(greatest(div(100 * {{held}}, {STEP} * {{available}}), 0), {STEPS}) END"
)
_BEFORE: Final = {"held": "figure.points_total", "available": "figure.available"}
_AFTER: Final = {"held": "tried.points_total", "available": "tried.available"}

_COMPARED: Final = f"""
compared AS (
    SELECT figure.place_id, team.code AS team, team.name AS team_name, pdu.code AS pdu, pdu.name AS pdu_name,
        region.code AS region, region.name AS region_name, figure.grade, {_IS_PERSON} AS is_person,
        figure.points_total AS held_before, tried.points_total AS held,
        figure.available AS available_before, tried.available AS available,
        figure.capacity_note AS note_before, tried.capacity_note AS note,
        {_ABOVE.format(**_BEFORE)} AS above_before, {_ABOVE.format(**_AFTER)} AS above,
        {_STEP_OF.format(**_BEFORE)} AS step_before, {_STEP_OF.format(**_AFTER)} AS step
    FROM workload_figure figure
    CROSS JOIN (SELECT ARRAY({NOBODYS_NUMBERS}) AS numbers) nobodys
    JOIN worked_out tried ON tried.place_id = figure.place_id
    JOIN organisation_team team ON team.id = figure.team_id
    JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
    JOIN organisation_region region ON region.id = pdu.region_id
    WHERE figure.run_id = %(run)s
)
"""  # noqa: S608  # our own SQL

_SUMS: Final = f"""
SELECT json_build_array(grouping(region, pdu, team), region, pdu, team,
    coalesce(team_name, pdu_name, region_name), count(*) FILTER (WHERE is_person),
    coalesce(sum(held_before), 0), coalesce(sum(held), 0),
    coalesce(sum(available_before), 0), coalesce(sum(available), 0),
    count(*) FILTER (WHERE above_before), count(*) FILTER (WHERE above),
    count(*) FILTER (WHERE above AND NOT above_before), count(*) FILTER (WHERE above_before AND NOT above),
    coalesce(bool_or(note_before = '{NO_CAPACITY_LEFT}'), false), coalesce(bool_or(note = '{NO_CAPACITY_LEFT}'), false)
) AS line
FROM compared
GROUP BY GROUPING SETS ((), (region, region_name), (region, pdu, pdu_name), (region, pdu, team, team_name))
"""  # noqa: S608  # our own SQL

_HISTOGRAM: Final = """
SELECT json_build_array(counted.step, sum(counted.before), sum(counted.after)) AS line
FROM compared CROSS JOIN LATERAL (VALUES (step_before, 1, 0), (step, 0, 1)) counted (step, before, after)
WHERE counted.step IS NOT NULL AND {part} GROUP BY counted.step
"""

_PEOPLE: Final = """
SELECT json_build_array(practitioner.om_key, trim(practitioner.forename || ' ' || practitioner.surname), compared.team,
    compared.team_name, compared.grade, held_before, held, available_before, available, note_before, note) AS line
FROM compared
JOIN organisation_practitionerinteam place ON place.id = compared.place_id
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
WHERE is_person AND {whom} AND {part}
ORDER BY above DESC, held::numeric / nullif(available, 0) DESC NULLS LAST, practitioner.sort_key, compared.team
LIMIT {most}
"""
_NOBODY: Final = {"whom": "false", "most": "0"}
_EVERYBODY: Final = {"whom": "true", "most": "ALL"}
_CROSSING: Final = {"whom": "above <> above_before", "most": str(MOST_PEOPLE)}


def effect_of(
    weights: WeightSet,
    within: Within,
    *,
    figures: FiguresInForce,
    with_trust: bool = False,
    with_names: bool = True,
) -> Effect:
    """What these weights would do to a part of the trust, against the figures in force. Two queries.

    To be asked inside `trusts.snapshot()`: for everybody's figures the rest of the transaction is planned for much.

    Args:
        weights: the weights that are tried.
        within: which part: the trust, a region, a PDU or a team.
        figures: the run that they are compared with; its extract, hours and reductions count in both.
        with_trust: say what they would do to the whole trust besides.
        with_names: name people: those who pass 110%, and of a team everybody.
    """
    parameters = trial_parameters(weights) | {
        "run": figures.run_id,
        "snapshot": figures.snapshot_id,
        "datestamp": figures.datestamp,
        "day": figures.day,
        "code": within.code,
    }
    # A team's people are few and found by their numbers; for more, everybody at once is the surer way.
    some_places = within.level == "team" and not with_trust
    statement = _statement(within, some_places=some_places, with_names=with_names)
    with connection.cursor() as cursor:
        if some_places:
            cursor.execute(_PLACES + condition(within), parameters)
            cursor.execute(statement, parameters | {"places": cursor.fetchone()[0] or []})
        else:
            plan_for_much()
            cursor.execute(statement, parameters)
        sums, steps, people = cursor.fetchone()
    places = [_place(*line) for line in sums]
    shows_trust = with_trust or within.level == "trust"
    return Effect(
        within=within,
        whole=_whole(places, within, some_places=some_places),
        trust=next((place for place in places if place.level == "trust" and shows_trust), None),
        places=tuple(place for place in places if place.is_within(within)),
        columns=_columns(steps),
        people=tuple(PersonChange(*line) for line in people),
    )


def _statement(within: Within, *, some_places: bool, with_names: bool) -> str:
    part = "true" if within.level == "trust" else f"compared.{within.level} = %(code)s"
    whom = (_EVERYBODY if within.level == "team" else _CROSSING) if with_names else _NOBODY
    parts = ", ".join(
        f"(SELECT coalesce(json_agg(line), '[]') FROM ({one}) lines)"  # noqa: S608  # our own SQL
        for one in (_SUMS, _HISTOGRAM.format(part=part), _PEOPLE.format(part=part, **whom))
    )
    return f"WITH {worked_out(OF_TRIAL, some_places=some_places)}, {_COMPARED} SELECT {parts}"


def _place(grouping: int, region: str, pdu: str, team: str, name: str | None, *numbers: Any) -> PlaceChange:
    return PlaceChange(_LEVELS[grouping], region or "", pdu or "", team or "", name or "", *numbers)


def _whole(places: list[PlaceChange], within: Within, *, some_places: bool) -> PlaceChange:
    """The row of the part asked for; one with zeros where nobody works there."""
    if not some_places and within.level != "trust":
        found = (place for place in places if (place.level, place.code) == (within.level, within.code))
        return next(found, _place(0b111, "", "", "", "", *[0] * 9, False, False))
    return next(place for place in places if place.level == "trust")


def _columns(steps: list[tuple[int, int, int]]) -> tuple[Column, ...]:
    """Every step of the distribution, those in which nobody stands too."""
    counts = {step: (before, after) for step, before, after in steps}
    return tuple(Column(step * STEP, *counts.get(step, (0, 0))) for step in range(STEPS + 1))
