"""A trust of national size for the benches: 250,000 cases of 15,000 practitioners, loaded from a workbook."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from time import monotonic

from django.db import connection
from django.test import Client

from londonnet.apps.national import services as national
from londonnet.demo.workbook import write_workbook
from londonnet.platform.access.models import RoleGrant, User
from londonnet.platform.trusts import Trust

PRACTITIONERS, CASES = 15_000, 250_000
DAY = date(2026, 11, 20)
_USUAL_TEAM = """
SELECT region.code, pdu.code, team.code, max(practitioner.om_key) FROM organisation_team team
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id JOIN organisation_region region ON region.id = pdu.region_id
JOIN organisation_practitionerinteam place ON place.team_id = team.id
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
GROUP BY 1, 2, 3 ORDER BY abs(count(*) - 10), 3 LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Usual:
    """A team of the usual size, where it belongs, and somebody in it."""

    region: str
    pdu: str
    team: str
    om_key: str


def usual() -> Usual:
    """A team of about ten in the trust that is entered."""
    with connection.cursor() as cursor:
        cursor.execute(_USUAL_TEAM)
        return Usual(*cursor.fetchone())


def signed_in(trust: Trust) -> Client:
    """A head of service's browser. To be called inside the trust."""
    user = User.objects.filter(email="bench@example.org").first()
    if user is None:
        user = User.objects.create_user(email="bench@example.org", name="Bench")
        RoleGrant.objects.create(user=user, role="head_of_service", scope_kind="trust")
    client = Client(headers={"host": "localhost" if trust.is_default else trust.slug + ".localhost"})
    client.force_login(user)
    return client


def load_nation(workbook: Path | None = None, *, practitioners: int = PRACTITIONERS, cases: int = CASES) -> None:
    """Load a workbook of that size into the trust that is entered; one is made where none is given."""
    with tempfile.TemporaryDirectory() as folder:
        path = workbook or Path(folder, "nation.xlsx")
        if workbook is None:
            write_workbook(path, practitioners=practitioners, cases=cases, seed=3, day=DAY)
        national.load_extract(file=national.receive(path, name=path.name, came_by="command"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def seconds_of(work: Callable[[], object], rounds: int = 9) -> float:
    """The median seconds of a piece of work."""
    took = []
    for _ in range(rounds):
        began = monotonic()
        work()
        took.append(monotonic() - began)
    return median(took)


def say(what: str, figure: str) -> None:
    """A line of the result."""
    print(f"{what:<66} {figure}", flush=True)
