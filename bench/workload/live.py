"""Figures between two extracts at national size: recompute, recount, and how soon an open page shows a change.

    .venv/bin/python -m londonnet.platform.embedded.throwaway .venv/bin/python -m bench.workload.live [--workbook FILE]

A change is an allocation, a reduction or hours, made by the service that pages call; it is visible when the live
connection of a page has heard of it and the page's part, fetched again, shows another figure.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "londonnet.config.settings")
os.environ.setdefault("LONDONNET_HOME", tempfile.mkdtemp(prefix="londonnet-bench-"))

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.live import OpenPage, live_process, session_of  # noqa: E402
from bench.workload.nation import load_nation, say, seconds_of  # noqa: E402
from londonnet.apps.caseload.models import Case, CurrentSnapshot  # noqa: E402
from londonnet.apps.caseload.services import Move, allocate  # noqa: E402
from londonnet.apps.workload import services as workload  # noqa: E402
from londonnet.apps.workload.models import Figure, Reduction, ReductionReason  # noqa: E402
from londonnet.platform.access.models import RoleGrant, User  # noqa: E402
from londonnet.platform.audit import Actor, acting_as  # noqa: E402
from londonnet.platform.trusts import Trust, testkit, trust_scope  # noqa: E402

CHANGES = 8
LONGEST = 60.0
_BARE = """
SELECT c.place_id, sum(c.count * w.points) FROM caseload_casecount c
JOIN caseload_currentsnapshot s ON s.snapshot_id = c.snapshot_id
JOIN workload_caseweight w ON w.kind = c.sheet AND w.location = c.location AND w.tier = c.tier
GROUP BY c.place_id
"""


def main() -> None:
    """Run everything once and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workbook", type=Path, help="a national-size workbook made before; else one is made")
    with testkit.installation() as made:
        with trust_scope(made.beta):
            load_nation(parser.parse_args().workbook)
            _figures()
            team, session = _prepare()
        with live_process() as (port, _):
            asyncio.run(_changes(port, made.beta, session, team))


def _figures() -> None:
    bare = seconds_of(_bare_aggregate)
    full = seconds_of(_recompute)
    one = seconds_of(_recount_one, 30)
    say("recompute of everything (≤ 1 s, ≤ 5 x the bare aggregate)", f"{full:.2f} s, {full / bare:.1f} x {bare:.2f} s")
    say("recount of one practitioner (≤ 5 ms)", f"{1000 * one:.1f} ms, waking of pages included")


def _bare_aggregate() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_BARE)
        cursor.fetchall()


def _recompute() -> None:
    with transaction.atomic():
        workload.recompute(reason="bench")


def _recount_one() -> None:
    place = Figure.objects.order_by("-points_total").values_list("place_id", flat=True)[0]
    workload.recount(place_ids=[place])


def _prepare() -> tuple[str, str]:
    """A usual team, and the session of somebody who looks at it."""
    user = User.objects.create_user(email="bench@example.org", name="Bench")
    RoleGrant.objects.create(user=user, role="head_of_service", scope_kind="trust")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT team.code FROM organisation_team team JOIN workload_figure figure ON figure.team_id = team.id"
            " WHERE figure.available > 0 AND figure.cases > 5"
            " GROUP BY 1 ORDER BY abs(count(*) - 8), 1 LIMIT 1"
        )
        return str(cursor.fetchone()[0]), session_of(user)


async def _changes(port: int, trust: Trust, session: str, team: str) -> None:
    page = OpenPage(f"workload:team:{team}")
    await page.open(port, trust, session)
    client = Client(headers={"host": f"{trust.slug}.localhost", "cookie": f"londonnet_session={session}"})
    client.cookies["londonnet_session"] = session
    for name, change in (("allocation", _allocate), ("reduction", _reduce), ("change of hours", _set_hours)):
        took = [await _seen(page, client, trust, team, change) for _ in range(CHANGES)]
        say(
            f"{name} to open page, at most of {CHANGES} (≤ 1 s)",
            f"{max(took):.2f} s, median {sorted(took)[CHANGES // 2]:.2f} s",
        )
    page.close()


async def _seen(page: OpenPage, client: Client, trust: Trust, team: str, change: Callable[[str], None]) -> float:
    """Seconds from the beginning of a change until the page's part shows it."""
    address = f"/workload/team/{team}?fragment=figures"
    before = await asyncio.to_thread(_fetched, client, address)
    page.heard.clear()
    began = time.perf_counter()
    await asyncio.to_thread(_in_trust, trust, change, team)
    await asyncio.wait_for(page.heard.wait(), LONGEST)
    after = await asyncio.to_thread(_fetched, client, address)
    assert after != before
    return time.perf_counter() - began


def _fetched(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return bytes(answer.content)


def _in_trust(trust: Trust, change: Callable[[str], None], team: str) -> None:
    with trust_scope(trust), acting_as(Actor("command", "bench")):
        change(team)


def _places(team: str) -> list[int]:
    figures = Figure.objects.filter(team__code=team, available__gt=0).order_by("-points_total")
    return list(figures.values_list("place_id", flat=True))


def _allocate(team: str) -> None:
    snapshot_id = CurrentSnapshot.objects.get().snapshot_id
    giver, *_, taker = _places(team)
    active = {"is_warrant": False, "is_overdue_termination": False, "tier__range": (1, 14)}
    case = Case.objects.filter(snapshot_id=snapshot_id, place_id=giver, **active).first()
    assert case is not None
    allocate(moves=[Move(case.crn, giver, taker)], reason="Workload")


def _reduce(team: str) -> None:
    place, today = _places(team)[0], timezone.localdate()
    taken = Reduction.objects.filter(place_id=place, superseded_by=None).values("reason_id")
    reason = ReductionReason.objects.filter(kind="work").exclude(pk__in=taken).order_by("position")[0]
    wanted = workload.ReductionWanted(reason.pk, Decimal("0.5"), today, today + timedelta(days=30))
    workload.add_reduction(place_id=place, wanted=wanted)


def _set_hours(team: str) -> None:
    hours = Decimal("30") + Decimal(time.monotonic_ns() % 400) / 100
    workload.set_hours(place_id=_places(team)[0], hours=hours, first_day=timezone.localdate())


if __name__ == "__main__":
    main()
