"""The figures of practitioners-in-team."""

from decimal import Decimal
from typing import Any, Final

from django.db import connection

from londonnet.apps.workload.capacity import Note, percent_of
from londonnet.apps.workload.points import Points
from londonnet.platform.access.policy import Reach

from .rows import EVERYWHERE, Moment, PractitionerRow, Within
from .within import figures_of, parameters

_COLUMNS: Final = """
SELECT practitioner.om_key, trim(practitioner.forename || ' ' || practitioner.surname), team.code, team.name,
    pdu.code, region.code, figure.grade, figure.cases, figure.t2a_cases, figure.points_cases, figure.points_t2a,
    figure.points_reports, figure.points_support, figure.points_total, figure.contracted_hours,
    figure.reduction_hours, figure.available, figure.capacity_note, figure.is_incomplete,
    run.weight_version_id
"""
_REACHED: Final = """
AND (%(everything)s OR practitioner.om_key = ANY(%(staff_keys)s) OR team.code = ANY(%(team_codes)s)
    OR pdu.code = ANY(%(pdu_codes)s) OR region.code = ANY(%(region_codes)s))
"""
_ORDER: Final = " ORDER BY team.code, practitioner.sort_key, practitioner.om_key"


def practitioner_rows(within: Within = EVERYWHERE, *, run: Moment | None = None) -> list[PractitionerRow]:
    """The figures of everyone in a part of the trust, by team and then by name. One query.

    Args:
        within: which part; `Within("practitioner", om_key)` gives one person's rows in all their teams.
        run: number of the run, or a day that is kept; None for the run in force.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS + figures_of(within, run) + _ORDER, parameters(within, run))
        return [_row(*found) for found in cursor.fetchall()]


def practitioner_rows_reached(
    reach: Reach, within: Within = EVERYWHERE, *, run: Moment | None = None, first: int = 0, size: int | None = None
) -> tuple[list[PractitionerRow], int]:
    """Some of the figures of a part that are within reach, by team and then by name; and how many. Two queries.

    Args:
        reach: how far somebody may look.
        within: which part.
        run: number of the run, or a day that is kept; None for the run in force.
        first: how many are left out before the first one given.
        size: how many are given at most; all if None.
    """
    found = figures_of(within, run) + _REACHED
    asked: dict[str, Any] = {
        **parameters(within, run),
        "everything": reach.everything,
        **{name: sorted(getattr(reach, name)) for name in ("staff_keys", "team_codes", "pdu_codes", "region_codes")},
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*)" + found, asked)
        total = cursor.fetchone()[0]
        part = {"first": first, "size": size}
        cursor.execute(_COLUMNS + found + _ORDER + " LIMIT %(size)s OFFSET %(first)s", asked | part)
        return [_row(*row) for row in cursor.fetchall()], total


def _row(
    om_key: str,
    name: str,
    team_code: str,
    team_name: str,
    pdu_code: str,
    region_code: str,
    grade: str,
    cases: int,
    t2a_cases: int,
    points_cases: int,
    points_t2a: Decimal,
    points_reports: int,
    points_support: int,
    points_total: int,
    contracted_hours: Decimal | None,
    reduction_hours: Decimal,
    available: int,
    note: Note | None,
    is_incomplete: bool,
    weights_version: int,
) -> PractitionerRow:
    return PractitionerRow(
        om_key,
        name or om_key,
        team_code,
        team_name,
        pdu_code,
        region_code,
        grade,
        cases,
        t2a_cases,
        Points(points_cases, points_t2a, points_reports, points_support, points_total),
        contracted_hours,
        reduction_hours,
        available,
        percent_of(points_total, available) if available else None,
        note or None,
        is_incomplete,
        weights_version,
    )
