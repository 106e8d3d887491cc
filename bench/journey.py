"""The whole journey at national size: file to visible figures, memory, statements, recompute and pages.

    .venv/bin/python -m londonnet.platform.embedded.throwaway .venv/bin/python -m bench.journey [--workbook FILE]

Prints figures and ratios of one run. Machines are shared and noisy: compare the ratios, not the seconds.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "londonnet.config.settings")
os.environ.setdefault("LONDONNET_HOME", tempfile.mkdtemp(prefix="londonnet-bench-"))

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from bench.raw_page import raw_team_page_seconds  # noqa: E402
from londonnet.apps.national import services as national  # noqa: E402
from londonnet.apps.workload import services as workload  # noqa: E402
from londonnet.demo.workbook import write_workbook  # noqa: E402
from londonnet.platform.access.models import RoleGrant, User  # noqa: E402
from londonnet.platform.trusts import Trust, testkit, trust_scope  # noqa: E402

PRACTITIONERS, CASES = 15_000, 250_000
SMALL_PRACTITIONERS, SMALL_CASES = 400, 8_000
DAY = date(2026, 11, 20)
ROUNDS = 9


def main() -> None:
    """Run everything once and print it."""
    arguments = _arguments()
    if arguments.load_into:
        _load(arguments.load_into, arguments.workbook)
        return
    with testkit.installation() as made, tempfile.TemporaryDirectory() as folder:
        national_file = arguments.workbook or _workbook(Path(folder, "national.xlsx"), PRACTITIONERS, CASES)
        small_file = _workbook(Path(folder, "small.xlsx"), SMALL_PRACTITIONERS, SMALL_CASES)
        small, big = _statements(made.beta, small_file), _load_apart(national_file)
        _say("file to visible figures, national size", f"{big.seconds:.1f} s (≤ 60)")
        _say("peak memory of the load", f"{big.megabytes:.0f} MB (≤ 1,500)")
        _say("statements of a load, small and national", f"{small} and {big.statements} (equal: no growth)")
        with trust_scope(made.alpha):
            _recompute()
        _pages(made.alpha)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workbook", type=Path, help="a national-size workbook made before; else one is made")
    parser.add_argument("--load-into", help=argparse.SUPPRESS)
    return parser.parse_args()


def _workbook(path: Path, practitioners: int, cases: int) -> Path:
    write_workbook(path, practitioners=practitioners, cases=cases, seed=3, day=DAY)
    return path


def _say(what: str, figure: str) -> None:
    print(f"{what:<62} {figure}", flush=True)


class _Loaded:
    """What a child process said of its load."""

    def __init__(self, line: str, seconds: float) -> None:
        megabytes, statements = line.split()
        self.megabytes, self.statements, self.seconds = float(megabytes), int(statements), seconds


def _load_apart(workbook: Path) -> _Loaded:
    """Load in a process of its own, as a worker does: its peak memory is the load's. Start-up is in the seconds."""
    from londonnet.config.environment import ENV

    command = [sys.executable, "-m", "bench.journey", "--load-into", ENV.database_prefix, "--workbook", str(workbook)]
    began = time.monotonic()
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return _Loaded(told.splitlines()[-1], time.monotonic() - began)


def _load(prefix: str, workbook: Path) -> None:
    from londonnet.config.environment import ENV

    ENV.database_prefix = prefix
    with trust_scope("alpha"):
        statements = _counted(lambda: _load_here(workbook))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, statements)


def _statements(trust: Trust, workbook: Path) -> int:
    with trust_scope(trust):
        return _counted(lambda: _load_here(workbook))


def _load_here(workbook: Path) -> None:
    national.load_extract(file=national.receive(workbook, name=workbook.name, came_by="command"))


def _counted(work: Callable[[], None]) -> int:
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    work()
    connection.force_debug_cursor = False
    return len(connection.queries_log)


def _recompute() -> None:
    bare = _median(_bare_aggregate)
    full = _median(_recompute_once)
    _say("recompute of everything", f"{full:.2f} s (≤ 1), {full / bare:.1f} x the bare aggregate ({bare:.2f} s)")


def _recompute_once() -> None:
    with transaction.atomic():
        workload.recompute(reason="bench")


def _bare_aggregate() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.place_id, sum(c.count * w.points) FROM caseload_casecount c"
            " JOIN caseload_currentsnapshot s ON s.snapshot_id = c.snapshot_id"
            " JOIN workload_caseweight w ON w.kind = c.sheet AND w.location = c.location AND w.tier = c.tier"
            " GROUP BY c.place_id"
        )
        cursor.fetchall()


def _median(work: Callable[[], None]) -> float:
    seconds = []
    for _ in range(ROUNDS):
        began = time.monotonic()
        work()
        seconds.append(time.monotonic() - began)
    return median(seconds)


def _pages(trust: Trust) -> None:
    with _signed_in(trust) as (client, team, pdu, region):
        for name, address in (
            ("trust", "/workload/trust"),
            ("region", f"/workload/region/{region}"),
            ("PDU", f"/workload/pdu/{pdu}"),
            ("team", f"/workload/team/{team}"),
            ("people above 110%, first page", "/workload/people?within=trust&band=above"),
        ):
            _say(f"page: {name}", f"{1000 * _median(partial(_get, client, address)):.0f} ms (≤ 300)")
        address = f"/workload/team/{team}"
        ours = _median(lambda: _get(client, address))
        raw = raw_team_page_seconds(client, team, ROUNDS)
        _say("raw-cursor page with the same rows : team page", f"{raw / ours:.2f} (≥ 0.35)")


@contextmanager
def _signed_in(trust: Trust) -> Iterator[tuple[Client, str, str, str]]:
    with trust_scope(trust):
        user = User.objects.create_user(email="bench@example.org", name="Bench")
        RoleGrant.objects.create(user=user, role="head_of_service", scope_kind="trust")
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        with connection.cursor() as cursor:
            # A usual team: the median in size.
            cursor.execute(
                "SELECT t.code, p.code, r.code FROM organisation_team t JOIN organisation_pdu p ON p.id = t.pdu_id"
                " JOIN organisation_region r ON r.id = p.region_id"
                " JOIN organisation_practitionerinteam place ON place.team_id = t.id GROUP BY 1, 2, 3"
                " ORDER BY abs(count(*) - 10), 1 LIMIT 1"
            )
            team, pdu, region = cursor.fetchone()
    yield client, team, pdu, region


def _get(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


if __name__ == "__main__":
    main()
