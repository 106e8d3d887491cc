"""Reports of mistakes for programs: for oneself, and for those who answer."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from londonnet.apps.workload.models import MistakeReport
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
BASE = "/api/workload/mistakes"
REPORT = {"team_code": "N07T01", "line": "cases-community-b2", "words": "One was closed"}


def sent(browser: Client, noun: str, given: Any = None, *, status: int = 200) -> Any:
    """What an operation answers, and with the status that is expected."""
    answer = browser.post(BASE + noun, {} if given is None else given, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_line_is_reported_answered_and_read(
    loaded: Trust, browse: Browse, alice: "User", bob: "User", charlie: "User"
) -> None:
    hers, his = browse(loaded, alice), browse(loaded, bob)
    lines = hers.get(f"{BASE}/lines", {"team_code": "N07T01"}).json()["items"]
    assert "cases-community-b2" in [line["key"] for line in lines]
    made = sent(hers, "", REPORT, status=201)
    assert (made["state"], made["om_key"], made["section"], made["words"]) == (
        "open",
        "N07A001",
        "Cases",
        "One was closed",
    )
    assert made["line"] == next(line["text"] for line in lines if line["key"] == REPORT["line"])
    assert his.get(BASE).json()["items"] == [made]
    assert his.get(f"{BASE}/{made['number']}").json() == made
    given = {"state": "is-right", "words": "It was open on that day."}
    sent(browse(loaded, charlie), f"/{made['number']}/answer", given, status=404)
    sent(hers, f"/{made['number']}/answer", given, status=404)
    assert sent(his, f"/{made['number']}/answer", given | {"words": " "}, status=422)
    answered = sent(his, f"/{made['number']}/answer", given)
    assert (answered["state"], answered["answered_by"]) == ("is-right", "Bob")
    assert sent(his, f"/{made['number']}/answer", given, status=409)
    assert (his.get(BASE).json()["total"], his.get(BASE, {"answered": True}).json()["items"]) == (0, [answered])
    assert hers.get(f"{BASE}/mine").json()["items"] == [answered]
    assert sent(hers, f"/{made['number']}/take-back", status=409)


def test_ones_own_report_is_taken_back_by_oneself_only(
    loaded: Trust, browse: Browse, alice: "User", bob: "User"
) -> None:
    number = sent(browse(loaded, alice), "", REPORT, status=201)["number"]
    sent(browse(loaded, bob), f"/{number}/take-back", status=404)
    assert sent(browse(loaded, alice), f"/{number}/take-back")["state"] == "taken-back"


@pytest.mark.parametrize(
    ("given", "status"),
    [({"line": "cases-community-z9"}, 422), ({"words": " "}, 422), ({"team_code": "N07T02"}, 404)],
)
def test_nothing_is_reported_that_isnt_there(
    loaded: Trust, browse: Browse, alice: "User", bob: "User", given: dict[str, str], status: int
) -> None:
    sent(browse(loaded, alice), "", REPORT | given, status=status)
    sent(browse(loaded, bob), "", REPORT, status=404)
    with trust_scope(loaded):
        assert not MistakeReport.objects.exists()
