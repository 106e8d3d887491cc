"""Years of history for everybody in the trust that is entered, made up day by day and kept as the product keeps it."""

from datetime import date, timedelta

from django.db import connection, transaction

from londonnet.apps.workload.services.keeping import keep_sums_and_weeks

DAYS = 730
# Everybody's work goes up and down slowly, each at a pace of their own, with a little noise: about a fifth of all days
# are above 110%, in stretches of weeks.
_DAYS = """
INSERT INTO workload_dailyfigure (day, place_id, team_id, pdu_id, region_id, grade, cases, t2a_cases, points_cases,
    points_t2a, points_reports, points_support, points_total, contracted_hours, reduction_hours, available,
    capacity_note, is_incomplete)
SELECT day, place.id, team.id, pdu.id, pdu.region_id, place.grade, points / 100, 2, points - 200, 100, 100, 0, points,
    37, 1.8, available, CASE WHEN available > 0 THEN '' ELSE 'not measured' END, false
FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') days (at)
CROSS JOIN LATERAL (SELECT at::date AS day) one
CROSS JOIN organisation_practitionerinteam place
JOIN organisation_team team ON team.id = place.team_id JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
CROSS JOIN LATERAL (SELECT CASE WHEN place.grade = 'SPO' THEN 0 ELSE 2070 END AS available,
    (2000 + 400 * sin((day - date '2020-01-01') / (20.0 + place.id %% 60) + place.id)
        + (day - date '2020-01-01') * 7919 %% 31 + place.id %% 7)::bigint AS points) figure
ORDER BY day, place.id
"""
_KEPT = """
INSERT INTO workload_keptday (day, kept_at, datestamp, weight_version, source, practitioners)
SELECT day::date, now(), day::date, 1, 'kept', (SELECT count(*) FROM organisation_practitionerinteam)
FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') days (day)
"""


def make_up_years(*, until: date, days: int = DAYS) -> None:
    """Daily figures, sums and weeks of so many days, the last of them the day before `until`; a month at a time."""
    first, last = until - timedelta(days=days), until - timedelta(days=1)
    with connection.cursor() as cursor:
        for month in range(0, days, 31):
            begin = first + timedelta(days=month)
            end = min(last, begin + timedelta(days=30))
            cursor.execute(_DAYS, {"first": begin, "last": end})
            with transaction.atomic():
                keep_sums_and_weeks([begin + timedelta(days=n) for n in range((end - begin).days + 1)])
        cursor.execute(_KEPT, {"first": first, "last": last})
        cursor.execute("ANALYZE")
