"""Weights at national size: what they would do, and how soon adopted ones are in force.

    .venv/bin/python -m londonnet.platform.embedded.throwaway .venv/bin/python -m bench.workload.weights [--workbook X]

Prints figures and ratios of one run. Machines are shared and noisy: compare the ratios, not the milliseconds.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "londonnet.config.settings")
os.environ.setdefault("LONDONNET_HOME", tempfile.mkdtemp(prefix="londonnet-bench-"))

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from londonnet.apps.national import services as national  # noqa: E402
from londonnet.apps.workload import selectors, services  # noqa: E402
from londonnet.apps.workload.selectors import Within  # noqa: E402
from londonnet.apps.workload.selectors.weight_effect import effect_of  # noqa: E402
from londonnet.apps.workload.weight_entries import texts_of  # noqa: E402
from londonnet.apps.workload.weight_scaling import PARTS, scaled  # noqa: E402
from londonnet.demo.workbook import write_workbook  # noqa: E402
from londonnet.platform.access.models import RoleGrant, User  # noqa: E402
from londonnet.platform.trusts import Trust, testkit, trust_scope  # noqa: E402
from londonnet.platform.trusts.snapshot import snapshot  # noqa: E402

PRACTITIONERS, CASES = 15_000, 250_000
DAY = date(2026, 11, 20)
ROUNDS = 7


def main() -> None:
    """Load a national workbook, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workbook", type=Path, help="a national-size workbook made before; else one is made")
    given = parser.parse_args().workbook
    with testkit.installation() as made, tempfile.TemporaryDirectory() as folder:
        workbook = given or Path(folder, "national.xlsx")
        if given is None:
            write_workbook(workbook, practitioners=PRACTITIONERS, cases=CASES, seed=3, day=DAY)
        with trust_scope(made.alpha):
            national.load_extract(file=national.receive(workbook, name=workbook.name, came_by="command"))
            recompute = _median(_recompute)
            _say("recompute of everything", recompute, recompute)
            _effects(recompute)
        _page(made.alpha, recompute)
        with trust_scope(made.alpha):
            _adoption(recompute)


def _effects(recompute: float) -> None:
    tried = scaled(selectors.weights_in_force(), PARTS[0], Decimal(33))
    for name, within, with_trust in _parts():

        def work(within: Within = within, with_trust: bool = with_trust) -> None:
            with snapshot():
                figures = selectors.figures_in_force()
                assert figures is not None
                effect_of(tried, within, figures=figures, with_trust=with_trust)

        _say(f"what a third more would do to {name}", _median(work), recompute)


def _parts() -> list[tuple[str, Within, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.code, r.code FROM organisation_team t JOIN organisation_pdu p ON p.id = t.pdu_id"
            " JOIN organisation_region r ON r.id = p.region_id ORDER BY t.id LIMIT 1"
        )
        team, region = cursor.fetchone()
    return [
        ("the nation (≤ 2,000 ms)", Within(), False),
        ("a team and the nation", Within("team", team), True),
        ("a region alone", Within("region", region), False),
        ("a team alone", Within("team", team), False),
    ]


def _page(trust: Trust, recompute: float) -> None:
    with trust_scope(trust):
        user = User.objects.create_user(email="bench@example.org", name="Bench")
        RoleGrant.objects.create(user=user, role="head_of_service", scope_kind="trust")
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        texts = texts_of(selectors.weights_in_force()) | {"cases.community.b2": "180", "within": "trust"}

    def change() -> None:
        answer = client.post("/workload/weights/try", texts, headers={"HX-Request": "true"})
        assert answer.status_code == 200, answer.status_code

    def open_editor() -> None:
        assert client.get("/workload/weights/try").status_code == 200

    _say("one weight changed in the editor to the effect shown", _median(change), recompute)
    _say("page: the editor (≤ 300 ms)", _median(open_editor), recompute)


def _adoption(recompute: float) -> None:
    users = [User.objects.create_user(email=f"{name}@example.org", name=name) for name in ("one", "two")]
    weights = selectors.weights_in_force()

    def adopt() -> None:
        with transaction.atomic():
            draft = services.save_weight_draft(weights=replace(weights, sdr=200), name="Bench", by=users[0])
            proposal = services.propose_weights(
                draft_id=draft.pk, valid_from=timezone.localdate(), reason="Bench", by=users[0]
            )
        version = services.approve_weights(proposal_id=proposal.pk, by=users[1])
        figures = selectors.figures_in_force()
        assert figures is not None
        assert figures.weights_version == version

    _say("proposed, approved, in force and figures made (≤ 10,000 ms)", _median(adopt), recompute)


def _recompute() -> None:
    with transaction.atomic():
        services.recompute(reason="bench")


def _median(work: Callable[[], None]) -> float:
    seconds = []
    for _ in range(ROUNDS):
        began = time.monotonic()
        work()
        seconds.append(time.monotonic() - began)
    return median(seconds)


def _say(what: str, seconds: float, recompute: float) -> None:
    print(f"{what:<62} {1000 * seconds:6.0f} ms, {seconds / recompute:5.2f} x recompute", flush=True)


if __name__ == "__main__":
    main()
