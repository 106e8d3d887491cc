"""Two years of history at national size: its pages, who was above for weeks, loading, keeping, and room on disk.

    .venv/bin/python -m londonnet.platform.embedded.throwaway .venv/bin/python -m bench.workload.history [--days 730]

Prints figures of one run. Machines are shared and noisy: compare with the bare aggregate in the same run.
"""

import argparse
import os
import tempfile
from datetime import date, timedelta
from functools import partial
from time import monotonic

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "londonnet.config.settings")
os.environ.setdefault("LONDONNET_HOME", tempfile.mkdtemp(prefix="londonnet-bench-"))

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from bench.workload.nation import say, seconds_of  # noqa: E402
from londonnet.apps.workload import services  # noqa: E402
from londonnet.apps.workload.selectors import Within, figures_in_force  # noqa: E402
from londonnet.apps.workload.selectors.excess import Excess, excess_rows, lately  # noqa: E402
from londonnet.apps.workload.selectors.excess import excess_count as count  # noqa: E402
from londonnet.apps.workload.services.history import keep_sums_and_weeks  # noqa: E402
from londonnet.platform.access.models import RoleGrant, User  # noqa: E402
from londonnet.platform.trusts import testkit, trust_scope  # noqa: E402

REGIONS, PDUS, TEAMS, PRACTITIONERS, DAYS = 12, 108, 1_500, 15_000, 730
TODAY = date.today()  # noqa: DTZ011  # the service's own day
ROUNDS = 5

_PLACES = (
    "INSERT INTO organisation_region (code, name, search_key)"
    " SELECT 'R' || n, 'Region ' || n, 'region ' || n FROM generate_series(1, {regions}) n",
    "INSERT INTO organisation_pdu (code, name, search_key, region_id)"
    " SELECT 'P' || n, 'PDU ' || n, 'pdu ' || n, region.id FROM generate_series(1, {pdus}) n"
    " JOIN organisation_region region ON region.code = 'R' || (1 + n % {regions})",
    "INSERT INTO organisation_team (code, name, search_key, pdu_id)"
    " SELECT 'T' || n, 'Team ' || n, 'team ' || n, pdu.id FROM generate_series(1, {teams}) n"
    " JOIN organisation_pdu pdu ON pdu.code = 'P' || (1 + n % {pdus})",
    "INSERT INTO organisation_practitioner (om_key, surname, forename, sort_key)"
    " SELECT 'K' || n, 'Surname' || n, 'Forename', 'surname' || n FROM generate_series(1, {practitioners}) n",
    "INSERT INTO organisation_practitionerinteam (practitioner_id, team_id, grade_code, grade, started_on)"
    " SELECT practitioner.id, team.id, '', (ARRAY['PO', 'PO', 'PSO', 'TPO', 'SPO'])[1 + n % 5], '2020-01-01'"
    " FROM generate_series(1, {practitioners}) n"
    " JOIN organisation_practitioner practitioner ON practitioner.om_key = 'K' || n"
    " JOIN organisation_team team ON team.code = 'T' || (1 + n % {teams})",
    "INSERT INTO caseload_snapshot (datestamp, digest, providers, practitioners, cases, loaded_at)"
    " SELECT '{today}', repeat('0', 64), '', {practitioners}, 0, now()",
    "INSERT INTO caseload_currentsnapshot (id, snapshot_id) SELECT 1, id FROM caseload_snapshot",
    "INSERT INTO caseload_rosterentry (snapshot_id, place_id, grade, grade_code, only_omic, is_incomplete,"
    " community_first_16_weeks, licence_first_16_weeks, sdr_last_30, sdr_due_next_30, sdr_conversion_last_30,"
    " oral_reports) SELECT snapshot.id, place.id, place.grade, '', false, false, 0, 0, 0, 0, 0, 0"
    " FROM caseload_snapshot snapshot, organisation_practitionerinteam place",
    "INSERT INTO caseload_casecount (snapshot_id, sheet, place_id, location, tier, count)"
    " SELECT snapshot.id, 1, place.id, 1, 6, 14 + place.id % 12"
    " FROM caseload_snapshot snapshot, organisation_practitionerinteam place",
)
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
SELECT day::date, now(), day::date, 1, 'kept', {practitioners}
FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') days (day)
"""
_BARE = "SELECT place_id, sum(points_total), sum(available) FROM workload_dailyfigure WHERE day = %s GROUP BY place_id"


def main() -> None:
    """Run everything once and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--practitioners", type=int, default=PRACTITIONERS)
    arguments = parser.parse_args()
    sizes = {"practitioners": arguments.practitioners, "teams": arguments.practitioners // 10}
    with testkit.installation() as made:
        with trust_scope(made.alpha):
            _generate(arguments.days, sizes | {"regions": REGIONS, "pdus": PDUS, "today": TODAY})
            _keeping()
            _disk()
            _questions(arguments.days)
            client = _signed_in()
        _pages(client, arguments.days)
        with trust_scope(made.alpha):
            _loading(sizes["practitioners"])


def _generate(days: int, sizes: dict[str, object]) -> None:
    first, last = TODAY - timedelta(days=days), TODAY - timedelta(days=1)
    began = monotonic()
    with connection.cursor() as cursor:
        for statement in _PLACES:
            cursor.execute(statement.format(**sizes))
        for month in range(0, days, 31):
            begin = first + timedelta(days=month)
            end = min(last, begin + timedelta(days=30))
            cursor.execute(_DAYS, {"first": begin, "last": end})
            with transaction.atomic():
                keep_sums_and_weeks([begin + timedelta(days=n) for n in range((end - begin).days + 1)])
        cursor.execute(_KEPT.format(**sizes), {"first": first, "last": last})
        cursor.execute("ANALYZE")
    services.recompute(reason="bench")
    say(f"made up {days:,} days of {sizes['practitioners']:,} practitioners, sums and weeks included", _s(began))


def _keeping() -> None:
    with connection.cursor() as cursor:
        bare = seconds_of(lambda: cursor.execute(_BARE, [TODAY - timedelta(days=1)]), ROUNDS)

        def keep() -> None:
            with transaction.atomic():
                services.keep_day(day=TODAY)

        took = seconds_of(keep, 3)
        cursor.execute("DELETE FROM workload_keptday WHERE day = %s", [TODAY])
        cursor.execute("DELETE FROM workload_dailyfigure WHERE day = %s", [TODAY])
        keep_sums_and_weeks([TODAY])
    say("keeping a day, with its sums and weeks", f"{took:.2f} s, {took / bare:.0f} x a bare sum of that day")


def _disk() -> None:
    tables = ("workload_dailyfigure", "workload_dailysum", "workload_weekfigure")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                "SELECT sum(pg_total_relation_size(relid)), sum(pg_relation_size(relid)), pg_size_pretty(sum("
                "pg_total_relation_size(relid))) FROM pg_partition_tree(%s)"
                if table == "workload_dailyfigure"
                else "SELECT 0, 0, pg_size_pretty(pg_total_relation_size(%s))",
                [table],
            )
            say(f"on disk: {table}", cursor.fetchone()[2])


def _questions(days: int) -> None:
    figures = figures_in_force()
    now = seconds_of(lambda: count("practitioner", asked=lately(TODAY), figures=figures), ROUNDS)
    say("how many are above 110% for four weeks, whole trust", f"{1000 * now:.0f} ms")
    for length in (91, 365, days):
        for weeks, threshold in ((4, 110), (8, 100), (4, 118)):
            asked = Excess(TODAY - timedelta(days=length - 1), TODAY, weeks, threshold)
            took = seconds_of(partial(excess_rows, "practitioner", asked=asked, figures=figures, size=50), ROUNDS)
            total = excess_rows("practitioner", asked=asked, figures=figures, size=50).total
            say(f"above {threshold}% for {weeks} weeks in {length} days", f"{1000 * took:.0f} ms, {total:,} spells")
    asked = Excess(TODAY - timedelta(days=days - 1), TODAY)
    took = seconds_of(partial(excess_rows, "team", Within("region", "R1"), asked=asked, figures=figures), ROUNDS)
    say(f"the same of the teams of a region in {days} days", f"{1000 * took:.0f} ms")


def _signed_in() -> Client:
    user = User.objects.create_user(email="bench@example.org", name="Bench")
    RoleGrant.objects.create(user=user, role="head_of_service", scope_kind="trust")
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def _pages(client: Client, days: int) -> None:
    long_ago = (TODAY - timedelta(days=days - 1)).isoformat()
    last_month = (TODAY - timedelta(days=30)).isoformat()
    for address in (
        "/workload/trust",
        "/workload/trust/history",
        f"/workload/trust/history?from={long_ago}&average=day",
        f"/workload/trust/history?from={long_ago}&by=region",
        f"/workload/region/R1/history?from={long_ago}&by=pdu&average=day",
        f"/workload/pdu/P1/history?from={long_ago}&by=team&average=day",
        f"/workload/pdu/P1/history?from={long_ago}&by=grade&average=week",
        f"/workload/team/T1/history?from={long_ago}&by=practitioner&average=day",
        f"/workload/team/T1/history?from={long_ago}&by=practitioner&average=week",
        f"/workload/practitioner/K1/T2/history?from={long_ago}&average=day",
        "/workload/team/T1",
        "/workload/excessive?within=trust",
        f"/workload/excessive?within=trust&from={long_ago}",
        "/workload/excessive?within=region:R1",
        f"/workload/trust?as_at={last_month}",
        f"/workload/people?within=trust&as_at={last_month}&sort=-capacity",
        f"/workload/team/T1?as_at={last_month}",
    ):
        took = seconds_of(partial(_get, client, address), ROUNDS)
        say(
            address.replace(long_ago, "2 years ago").replace(last_month, "a month ago"), f"{1000 * took:.0f} ms (≤ 300)"
        )


def _loading(practitioners: int) -> None:
    first = date(2023, 3, 1)
    lines = [
        f"{first + timedelta(days=day)},K{who},T{1 + who % (practitioners // 10)},{2000 + who % 700},2070"
        for day in range(7)
        for who in range(1, practitioners + 1)
    ]
    content = "\n".join(("day,om_key,team_code,points_total,available", *lines)).encode()
    for what in ("a week of another tool's history", "the same again"):
        began = monotonic()
        report = services.load_history(content=content)
        took = monotonic() - began
        say(f"loading {what}, {report.read:,} rows", f"{took:.1f} s, {report.read / took:,.0f} rows a second")


def _get(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


def _s(began: float) -> str:
    return f"{monotonic() - began:.0f} s"


if __name__ == "__main__":
    main()
