"""The part of the trust that a question is about, as SQL."""

from datetime import date
from typing import Final

from .rows import Level, Moment, Within

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

FIGURES_OF_DAY: Final = """
FROM workload_dailyfigure figure
LEFT JOIN (SELECT day, coalesce(weight_version, 0) AS weight_version_id FROM workload_keptday) run
    ON run.day = figure.day
LEFT JOIN organisation_practitionerinteam place ON place.id = figure.place_id
LEFT JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
LEFT JOIN organisation_team team ON team.id = figure.team_id
LEFT JOIN organisation_pdu pdu ON pdu.id = figure.pdu_id
LEFT JOIN organisation_region region ON region.id = figure.region_id
WHERE figure.day = %(day)s
"""
"""The same of a day that is kept, with where teams belonged on that day."""

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
_CONDITIONS_OF_DAY: Final[dict[Level, str]] = _CONDITIONS | {
    "region": "AND figure.region_id = (SELECT id FROM organisation_region WHERE code = %(code)s)",
    "pdu": "AND figure.pdu_id = (SELECT id FROM organisation_pdu WHERE code = %(code)s)",
}


def figures_of(within: Within, run: Moment | None) -> str:
    """The figures of that part of the trust in that run or on that kept day (None: the run in force), with joins."""
    if isinstance(run, date):
        return FIGURES_OF_DAY + _CONDITIONS_OF_DAY[within.level]
    return FIGURES + _CONDITIONS[within.level]


def parameters(within: Within, run: Moment | None) -> dict[str, int | str | date | None]:
    """The parameters of a question about that part, in that run or on that kept day (None: the run in force)."""
    asked: dict[str, int | str | date | None] = {"code": within.code}
    return asked | ({"day": run} if isinstance(run, date) else {"run": run})


def condition(within: Within) -> str:
    """What a row of a run must meet to belong to that part; to be used with `parameters`."""
    return _CONDITIONS[within.level]
