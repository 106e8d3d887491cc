"""`londonnet workload reductions list|add|end|delete` and `hours set`."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from londonnet.apps.workload.models import ContractedHours, Reduction
from londonnet.apps.workload.services import recompute
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

from . import building
from .building import ALICE, Entry
from .test_commands import Run, londonnet

__all__ = ["londonnet"]
TODAY = timezone.localdate()
WHO = (ALICE.om_key, ALICE.team_code, "--trust", "alpha")


@pytest.fixture
def figures(alpha: Trust) -> Trust:
    """Alice, with figures."""
    with trust_scope(alpha):
        building.extract({ALICE: Entry()})
        recompute(reason="A test")
    return alpha


def listed(run: Run, status: str = "active") -> Any:
    code, rows, _ = run("workload", "reductions", "list", "--trust", "alpha", "--status", status, "--json")
    assert code == 0
    return rows


def test_a_reduction_is_added_ended_and_deleted(londonnet: Run, figures: Trust) -> None:
    start = (TODAY - timedelta(days=9)).isoformat()
    given = ("--reason", "court duty", "--percent", "20", "--from", start)
    code, added, _ = londonnet("workload", "reductions", "add", *WHO, *given, "--json")
    assert code == 0
    (row,) = listed(londonnet)
    assert row == {
        "number": added["number"],
        "om_key": "N07A001",
        "team_code": "N07T01",
        "reason": "Court Duty",
        "hours": 7.4,
        "start": start,
        "end": None,
        "status": "ACTIVE",
    }
    number, end = str(added["number"]), TODAY.isoformat()
    code, ended, _ = londonnet("workload", "reductions", "end", number, "--trust", "alpha", "--on", end, "--json")
    assert (code, listed(londonnet)[0]["end"]) == (0, end)
    code, _, said = londonnet("workload", "reductions", "delete", number, "--trust", "alpha")
    assert code == 1
    assert "Somebody else changed this" in said
    assert londonnet("workload", "reductions", "delete", str(ended["number"]), "--trust", "alpha")[0] == 0
    assert (listed(londonnet), len(listed(londonnet, "deleted"))) == ([], 1)
    with trust_scope(figures):
        entry = TrailEntry.objects.get(kind="workload.reduction_deleted")
        assert (entry.actor_kind, entry.actor_name) == ("command", "londonnet workload reductions delete")


def test_personal_reasons_and_notes_arent_printed(londonnet: Run, figures: Trust) -> None:
    given = ("--reason", "Pregnancy", "--hours", "3", "--from", TODAY.isoformat(), "--notes", "Due in June")
    londonnet("workload", "reductions", "add", *WHO, *given)
    assert listed(londonnet)[0]["reason"] == "Personal"
    with trust_scope(figures):
        assert Reduction.objects.get().notes == "Due in June"


def test_hours_are_set_from_a_day_on(londonnet: Run, figures: Trust) -> None:
    who = (ALICE.om_key, ALICE.team_code, "18.5", "--trust", "alpha", "--from", "1/4/2026", "--why", "Asked for it")
    assert londonnet("workload", "hours", "set", *who)[0] == 0
    with trust_scope(figures):
        held = ContractedHours.objects.select_related("loaded_by").get()
        assert (held.hours, held.loaded_by.why) == (Decimal("18.5"), "Asked for it")


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("add", *WHO, "--reason", "Nonsense", "--hours", "1", "--from", "1/4/2026"), 1, "reduction reasons"),
        (("add", *WHO, "--reason", "NQO", "--from", "1/4/2026"), 64, "one of --hours and --percent"),
        (("add", *WHO, "--reason", "NQO", "--hours", "x", "--from", "1/4/2026"), 64, "no number of hours"),
        (("add", *WHO, "--reason", "NQO", "--hours", "1", "--from", "soon"), 64, "no date like"),
        (("add", *WHO, "--reason", "NQO", "--hours", "99", "--from", "1/4/2026"), 1, "more than the 37"),
        (("add", "N07A009", *WHO[1:], "--reason", "NQO", "--hours", "1", "--from", "1/4/2026"), 1, "no practitioner"),
    ],
)
def test_what_cant_be_done_is_said(londonnet: Run, arguments: tuple[str, ...], code: int, words: str) -> None:
    answered, _, said = londonnet("workload", "reductions", *arguments)
    assert answered == code
    assert words in said
