"""Every page of the Workload Management Tool at national size, and its exports.

    .venv/bin/python -m londonnet.platform.embedded.throwaway .venv/bin/python -m bench.workload.pages
        [--workbook FILE] [--days 730]

Each page at trust, region, PDU and team, in milliseconds on the server and statements, as a head of service reads it;
then the same pages in a trust of very few practitioners, whose statements must be as many.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "londonnet.config.settings")
os.environ.setdefault("LONDONNET_HOME", tempfile.mkdtemp(prefix="londonnet-bench-"))

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from bench.workload.nation import CASES, PRACTITIONERS, load_nation, say, seconds_of, signed_in, usual  # noqa: E402
from bench.workload.years import DAYS, make_up_years  # noqa: E402
from londonnet.apps.national import services as national  # noqa: E402
from londonnet.apps.workload import services  # noqa: E402
from londonnet.demo.workbook import write_workbook  # noqa: E402
from londonnet.platform.trusts import Trust, testkit, trust_scope  # noqa: E402

FEW_PRACTITIONERS, FEW_CASES = 12, 200
ROUNDS = 5
OF_A_PLACE = ("", "/caseload", "/progress", "/reports", "/omic")
EVERY_TIER = "columns=name,team,grade,cases,untiered," + ",".join(
    f"{letter}{number}{suspended}" for suspended in ("", "s") for letter in "abcd" for number in (3, 2, 1, 0)
)
EXPORTS = (
    ("caseload by tier, 15,000 practitioners", f"/workload/trust/caseload?by=practitioner&{EVERY_TIER}"),
    ("caseload by tier and location", "/workload/trust/caseload?by=practitioner&split=location"),
    ("case progress of practitioners", "/workload/trust/progress?by=practitioner"),
    ("practitioners with their capacity", "/workload/people?within=trust"),
)
_OF_LARGEST_PDU = """
SELECT min(held.crn) FROM caseload_case held
JOIN caseload_currentsnapshot pointer ON pointer.snapshot_id = held.snapshot_id
JOIN organisation_practitionerinteam place ON place.id = held.place_id
JOIN organisation_team team ON team.id = place.team_id
WHERE team.pdu_id = (
    SELECT team.pdu_id FROM organisation_practitionerinteam place JOIN organisation_team team ON team.id = place.team_id
    GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
)
GROUP BY team.id ORDER BY team.id LIMIT 2
"""


def main() -> None:
    """Run everything once and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workbook", type=Path, help="a national-size workbook made before; else one is made")
    parser.add_argument("--days", type=int, default=DAYS, help="days of history")
    parser.add_argument("--practitioners", type=int, default=PRACTITIONERS, help="in the workbook that is made")
    parser.add_argument("--cases", type=int, default=CASES, help="in the workbook that is made")
    arguments = parser.parse_args()
    with testkit.installation() as made:
        with trust_scope(made.beta):
            load_nation(arguments.workbook, practitioners=arguments.practitioners, cases=arguments.cases)
            make_up_years(until=date.today(), days=arguments.days)  # noqa: DTZ011  # the service's own day
            services.recompute(reason="bench")
        with trust_scope(made.alpha), tempfile.TemporaryDirectory() as folder:
            few = Path(folder, "few.xlsx")
            write_workbook(few, practitioners=FEW_PRACTITIONERS, cases=FEW_CASES, seed=3)
            national.load_extract(file=national.receive(few, name=few.name, came_by="command"))
        _pages(made.alpha, made.beta)
        _exports(made.beta)


def _pages(few: Trust, nation: Trust) -> None:
    with _signed_in(few) as (client, addresses):
        small = [_statements(client, address) for _, address in addresses]
    with _signed_in(nation) as (client, addresses):
        for (name, address), of_few in zip(addresses, small, strict=True):
            seconds = seconds_of(partial(_get, client, address), ROUNDS)
            statements = _statements(client, address)
            say(name, f"{1000 * seconds:4.0f} ms (≤ 300), {statements} statements (≤ 12), {of_few} with few people")


def _exports(nation: Trust) -> None:
    with _signed_in(nation) as (client, _):
        for name, address in EXPORTS:
            csv, xlsx = (seconds_of(partial(_get, client, f"{address}&format={kind}"), 3) for kind in ("csv", "xlsx"))
            say(f"export: {name}", f"{csv:.1f} s as CSV, {xlsx:.1f} s as XLSX (≤ 5)")


@contextmanager
def _signed_in(trust: Trust) -> Iterator[tuple[Client, list[tuple[str, str]]]]:
    with trust_scope(trust):
        client = signed_in(trust)
        here = usual()
    team = here.team
    places = {"trust": "trust", "region": f"region/{here.region}", "PDU": f"pdu/{here.pdu}", "team": f"team/{team}"}
    addresses = [
        (f"{name}{page or '/overview'}", f"/workload/{place}{page}")
        for name, place in places.items()
        for page in OF_A_PLACE
    ]
    more = [
        ("trust/caseload by practitioner", "/workload/trust/caseload?by=practitioner&sort=-b2"),
        ("trust/caseload by team", "/workload/trust/caseload?by=team"),
        ("trust/progress by practitioner", "/workload/trust/progress?by=practitioner&sort=-overdue"),
        ("people above 110%", "/workload/people?within=trust&band=above&sort=-capacity"),
        ("practitioner", f"/workload/practitioner/{here.om_key}/{team}"),
        ("cases of the trust", "/cases?trust=all"),
        ("cases of the trust with a flag, in T2A", "/cases?trust=all&t2a=yes&flag=priority"),
        ("cases of the team", f"/cases?team={team}"),
        ("unallocated cases of the trust", "/workload/allocation?within=trust"),
        ("differences with the national record", "/workload/allocation/differences?within=trust"),
        ("moves of the last 30 days", "/workload/allocation/history?within=trust"),
        ("who of the largest PDU could get a case", _choosing(client, trust)),
    ]
    yield client, [*addresses, *more]


def _choosing(client: Client, trust: Trust) -> str:
    """Where it is chosen who gets cases of two teams of the largest PDU: everybody in it is offered."""
    with trust_scope(trust), connection.cursor() as cursor:
        cursor.execute(_OF_LARGEST_PDU)
        crns = [crn for (crn,) in cursor.fetchall()]
    return str(client.post("/workload/allocation/choose", {"case": crns})["Location"])


def _get(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    if answer.streaming:
        for _ in answer.streaming_content:  # type: ignore[attr-defined]
            pass


def _statements(client: Client, address: str) -> int:
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    try:
        _get(client, address)
        return sum(entry["sql"] not in ("BEGIN", "COMMIT") for entry in connection.queries_log)
    finally:
        connection.force_debug_cursor = False


if __name__ == "__main__":
    main()
