"""Two years of history at national size: its pages, who was above for weeks, loading, keeping, and room on disk.

    .venv/bin/python -m londonnet.platform.embedded.throwaway .venv/bin/python -m bench.workload.history
        [--workbook FILE] [--days 730]

Prints figures of one run. Machines are shared and noisy: compare with the bare aggregate in the same run.
"""

import argparse
import os
import tempfile
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from time import monotonic

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "londonnet.config.settings")
os.environ.setdefault("LONDONNET_HOME", tempfile.mkdtemp(prefix="londonnet-bench-"))

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from bench.workload.nation import Usual, load_nation, say, seconds_of, signed_in, usual  # noqa: E402
from bench.workload.years import DAYS, make_up_years  # noqa: E402
from londonnet.apps.workload import services  # noqa: E402
from londonnet.apps.workload.selectors import Within, figures_in_force  # noqa: E402
from londonnet.apps.workload.selectors.excess import excess_count as count  # noqa: E402
from londonnet.apps.workload.selectors.excess import excess_rows, lately  # noqa: E402
from londonnet.apps.workload.selectors.excess_days import Excess  # noqa: E402
from londonnet.apps.workload.services.keeping import keep_sums_and_weeks  # noqa: E402
from londonnet.platform.trusts import testkit, trust_scope  # noqa: E402

TODAY = date.today()  # noqa: DTZ011  # the service's own day
ROUNDS = 5

_EVERYBODY = """
SELECT practitioner.om_key, team.code FROM organisation_practitionerinteam place
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
JOIN organisation_team team ON team.id = place.team_id
"""
_BARE = "SELECT place_id, sum(points_total), sum(available) FROM workload_dailyfigure WHERE day = %s GROUP BY place_id"


def main() -> None:
    """Run everything once and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--workbook", type=Path, help="a national-size workbook made before; else one is made")
    arguments = parser.parse_args()
    with testkit.installation() as made:
        with trust_scope(made.alpha):
            _prepare(arguments.workbook, arguments.days)
            _keeping()
            _disk()
            here = usual()
            _questions(here, arguments.days)
            client = signed_in(made.alpha)
        _pages(client, here, arguments.days)
        with trust_scope(made.alpha):
            _loading()


def _prepare(workbook: Path | None, days: int) -> None:
    load_nation(workbook)
    began = monotonic()
    make_up_years(until=TODAY, days=days)
    services.recompute(reason="bench")
    say(f"made up {days:,} days of everybody, sums and weeks included", _s(began))


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
    tables = ("workload_dailyfigure", "workload_dailysum", "workload_weekfigure", "workload_capacityyear")
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


def _questions(here: Usual, days: int) -> None:
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
    took = seconds_of(partial(excess_rows, "team", Within("region", here.region), asked=asked, figures=figures), ROUNDS)
    say(f"the same of the teams of a region in {days} days", f"{1000 * took:.0f} ms")


def _pages(client: Client, here: Usual, days: int) -> None:
    long_ago = (TODAY - timedelta(days=days - 1)).isoformat()
    last_month = (TODAY - timedelta(days=30)).isoformat()
    region, pdu, team = f"region/{here.region}", f"pdu/{here.pdu}", f"team/{here.team}"
    for address in (
        "/workload/trust",
        "/workload/trust/history",
        f"/workload/trust/history?from={long_ago}&average=day",
        f"/workload/trust/history?from={long_ago}&by=region",
        f"/workload/{region}/history?from={long_ago}&by=pdu&average=day",
        f"/workload/{pdu}/history?from={long_ago}&by=team&average=day",
        f"/workload/{pdu}/history?from={long_ago}&by=grade&average=week",
        f"/workload/{team}/history?from={long_ago}&by=practitioner&average=day",
        f"/workload/{team}/history?from={long_ago}&by=practitioner&average=week",
        f"/workload/practitioner/{here.om_key}/{here.team}/history?from={long_ago}&average=day",
        f"/workload/{team}",
        "/workload/excessive?within=trust",
        f"/workload/excessive?within=trust&from={long_ago}",
        f"/workload/excessive?within=region:{here.region}",
        f"/workload/trust?as_at={last_month}",
        f"/workload/people?within=trust&as_at={last_month}&sort=-capacity",
        f"/workload/{team}?as_at={last_month}",
    ):
        took = seconds_of(partial(_get, client, address), ROUNDS)
        say(
            address.replace(long_ago, "2 years ago").replace(last_month, "a month ago"), f"{1000 * took:.0f} ms (≤ 300)"
        )


def _loading() -> None:
    first = date(2023, 3, 1)
    with connection.cursor() as cursor:
        cursor.execute(_EVERYBODY)
        people = cursor.fetchall()
    lines = [
        f"{first + timedelta(days=day)},{om_key},{team},{2000 + who % 700},2070"
        for day in range(7)
        for who, (om_key, team) in enumerate(people)
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
