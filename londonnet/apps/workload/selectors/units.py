"""What has a history: practitioners-in-team and places by their numbers, and their figures of today as a day."""

from datetime import date
from typing import Any, Final

from londonnet.apps.workload.errors import WorkloadError
from londonnet.platform.trusts import current_trust

from .rows import LEVELS, FiguresInForce, Level, Within
from .within import condition

_NUMBER: Final[dict[Level, str]] = {
    "trust": "0",
    "region": "region_id",
    "pdu": "pdu_id",
    "team": "team_id",
    "practitioner": "place_id",
}
_OF_TEAM: Final = """
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id JOIN organisation_region region ON region.id = pdu.region_id
"""
_ALL: Final[dict[Level, str]] = {
    "region": "SELECT region.id FROM organisation_region region",
    "pdu": "SELECT pdu.id FROM organisation_pdu pdu JOIN organisation_region region ON region.id = pdu.region_id",
    "team": f"SELECT team.id FROM organisation_team team {_OF_TEAM}",  # noqa: S608  # our own SQL
    "practitioner": f"""
        SELECT place.id FROM organisation_practitionerinteam place
        JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
        JOIN organisation_team team ON team.id = place.team_id {_OF_TEAM}""",  # noqa: S608
}
_CODE: Final[dict[Level, str]] = {
    "region": "region.code",
    "pdu": "pdu.code",
    "team": "team.code",
    "practitioner": "practitioner.om_key",
}
NAMED: Final[dict[Level, str]] = {
    "trust": "SELECT 0 AS id, %(slug)s::text AS code, %(name)s::text AS name, '' AS team_code, '' AS team_name",
    **{
        level: f"SELECT id, code, name, '' AS team_code, '' AS team_name FROM organisation_{level}"  # noqa: S608
        for level in ("region", "pdu", "team")
    },
    "practitioner": """
        SELECT place.id, practitioner.om_key AS code, coalesce(nullif(trim(practitioner.forename || ' ' ||
            practitioner.surname), ''), practitioner.om_key) AS name, team.code AS team_code, team.name AS team_name
        FROM organisation_practitionerinteam place
        JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
        JOIN organisation_team team ON team.id = place.team_id""",
}
"""Numbers with the codes and names that they have now; for the trust's, `trust_named` gives the parameters."""


def trust_named() -> dict[str, Any]:
    """The short name and the name of the trust that is entered, as `NAMED` asks for them."""
    trust = current_trust()
    return {"slug": trust.slug, "name": trust.name}


def numbers_within(by: Level, within: Within) -> str:
    """The numbers of the units of a level in a part of the trust, as a condition on `unit_id`; empty for all of them.

    Raises:
        WorkloadError: the part is smaller than such a unit.
    """
    if LEVELS.index(by) < LEVELS.index(within.level):
        message = f"A {within.level} has no history by {by}. Ask by {within.level} or by something smaller."
        raise WorkloadError(message, "level-too-high")
    if within.level == "trust":
        return ""
    return f"AND unit_id = ANY(ARRAY({_ALL[by]} WHERE {_CODE[within.level]} = %(code)s))"


def number_of(by: Level) -> str:
    """The column of a figure that has the number of its unit."""
    return _NUMBER[by]


def live_figures(within: Within) -> str:
    """Figures of the run that `live_run` names, as rows of the day that they are for."""
    return f"""
SELECT %(live_day)s::date AS day, figure.*, team.pdu_id, pdu.region_id FROM workload_figure figure
JOIN organisation_team team ON team.id = figure.team_id JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
WHERE figure.run_id = %(live_run)s {condition(within)}
"""  # noqa: S608  # our own SQL


LIVE_COUNTS: Final = """
%(live_day)s BETWEEN %(first)s AND %(last)s
    AND NOT EXISTS (SELECT FROM workload_keptday WHERE workload_keptday.day = %(live_day)s)
"""
"""Whether those figures are a day of the range: they are of one of its days, and it isn't kept yet."""


def live_days(by: Level, within: Within) -> str:
    """Points held and available of every unit in the run that `live_run` names."""
    if by == "practitioner":
        return f"""
SELECT place_id AS unit_id, %(live_day)s::date AS day, points_total, available
FROM workload_figure figure WHERE run_id = %(live_run)s {condition(within)}
"""  # noqa: S608  # our own SQL
    return f"""
SELECT {_NUMBER[by]} AS unit_id, day, sum(points_total)::bigint AS points_total, sum(available)::bigint AS available
FROM ({live_figures(within)}) figures GROUP BY 1, 2
"""  # noqa: S608  # our own SQL


def live_parameters(figures: FiguresInForce | None, last: date) -> dict[str, Any]:
    """Which run has today's figures, and their day; none of them for a day in the past."""
    if figures is None or figures.kept_day is not None:
        return {"live_run": 0, "live_day": last}
    return {"live_run": figures.run_id, "live_day": figures.day}
