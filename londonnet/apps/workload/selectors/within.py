"""The part of the trust that a question is about, as SQL."""

from typing import Final

from .rows import Level, Within

# Every figure has all of these: the joins are outer ones so that PostgreSQL leaves out those that nothing is read from.
FIGURES: Final = """
FROM workload_figure figure
LEFT JOIN workload_figurerun run ON run.id = figure.run_id
LEFT JOIN organisation_practitionerinteam place ON place.id = figure.place_id
LEFT JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
LEFT JOIN organisation_team team ON team.id = figure.team_id
LEFT JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
LEFT JOIN organisation_region region ON region.id = pdu.region_id
WHERE figure.run_id = coalesce(%(run)s::bigint, (SELECT run_id FROM workload_currentfigures))
"""
"""The figures of one run with where they belong; `run` may be null and means the run in force."""

# A run that has just been made isn't in the planner's statistics. Arrays of keys, looked up first, lead it to the
# figures by their index, where joins on codes would have it walk through everybody's.
_CONDITIONS: Final[dict[Level, str]] = {
    "trust": "",
    "region": """AND figure.team_id = ANY(ARRAY(
        SELECT team.id FROM organisation_team team JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
        JOIN organisation_region region ON region.id = pdu.region_id WHERE region.code = %(code)s))""",
    "pdu": """AND figure.team_id = ANY(ARRAY(
        SELECT team.id FROM organisation_team team JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
        WHERE pdu.code = %(code)s))""",
    "team": """AND figure.place_id = ANY(ARRAY(
        SELECT place.id FROM organisation_practitionerinteam place
        WHERE place.team_id = (SELECT id FROM organisation_team WHERE code = %(code)s)))""",
    "practitioner": """AND figure.place_id = ANY(ARRAY(
        SELECT place.id FROM organisation_practitionerinteam place
        WHERE place.practitioner_id = (SELECT id FROM organisation_practitioner WHERE om_key = %(code)s)))""",
}


def parameters(within: Within, run: int | None) -> dict[str, int | str | None]:
    """The parameters of a question about that part, in that run (None: the one in force)."""
    return {"run": run, "code": within.code}


def condition(within: Within) -> str:
    """What a row must meet to belong to that part; to be used with `parameters`."""
    return _CONDITIONS[within.level]
