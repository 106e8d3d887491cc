"""Who reaches reductions and hours, who changes them, and who is told a personal reason."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from londonnet.apps.workload import services
from londonnet.apps.workload.models import Reduction
from londonnet.apps.workload.tests.reading import text_of
from londonnet.platform.trusts import Trust, trust_scope

from .reduction_forms import text, typed, words

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

pytestmark = pytest.mark.usefixtures("figures_of_today")

Browse = Callable[..., Client]
READ = ("/workload/reductions?within=team:N07T01", "/workload/reductions/{alices}")
WRITE = (
    "/workload/reductions/add?who=N07A001/N07T01",
    "/workload/reductions/{alices}/change",
    "/workload/practitioner/N07A001/N07T01/hours",
)
REACHED = {
    "alice": {"/workload/reductions/{alices}"},
    "bob": {*READ, *WRITE},
    "charlie": set(),
    "head": set(READ),
    "hr": {*READ, *WRITE},
    "administrator": {*READ, *WRITE},
    "auditor": set(),
}


@pytest.mark.parametrize("who", REACHED)
def test_each_reaches_what_their_role_does_and_nothing_else(
    loaded: Trust, browse: Browse, request: pytest.FixtureRequest, who: str
) -> None:
    with trust_scope(loaded):
        alices = Reduction.objects.get(place__practitioner__om_key="N07A001").pk
    browser = browse(loaded, request.getfixturevalue(who))
    answers = {url: browser.get(url.format(alices=alices)).status_code for url in (*READ, *WRITE)}
    assert answers == {url: 200 if url in REACHED[who] else 404 for url in (*READ, *WRITE)}


@pytest.mark.parametrize("who", ["alice", "charlie", "head", "auditor"])
@pytest.mark.parametrize("do", ["change", "end", "delete", "put-back"])
def test_who_may_not_change_a_reduction_changes_nothing(
    loaded: Trust, browse: Browse, request: pytest.FixtureRequest, who: str, do: str
) -> None:
    with trust_scope(loaded):
        held = Reduction.objects.get(place__practitioner__om_key="N07A001")
        sent = typed(version=held.pk)
    url = f"/workload/reductions/{held.pk}/{do}"
    assert browse(loaded, request.getfixturevalue(who)).post(url, sent).status_code == 404
    with trust_scope(loaded):
        assert Reduction.objects.get(pk=held.pk).superseded_by_id is None


def test_the_same_number_in_another_trust_is_nobodys(loaded: Trust, beta: Trust, browse: Browse, dana: "User") -> None:
    with trust_scope(loaded):
        alices = Reduction.objects.get(place__practitioner__om_key="N07A001").pk
    assert browse(beta, dana).get(f"/workload/reductions/{alices}").status_code == 404


def test_the_practitioner_sees_their_own_and_only_those(loaded: Trust, browse: Browse, alice: "User") -> None:
    browser = browse(loaded, alice)
    answer = browser.get("/workload/reductions", follow=True)
    assert answer.status_code == 200
    page = text(answer)
    assert "Pregnancy" in page
    assert "Long Term Sickness" not in page
    assert "Add a reduction" not in page
    assert browser.get("/workload/reductions?within=practitioner:N07A005").status_code == 404


@pytest.mark.parametrize(
    ("who", "knows"), [("alice", True), ("bob", True), ("hr", True), ("head", False), ("administrator", False)]
)
def test_a_personal_reason_is_told_to_few_wherever_it_stands(
    loaded: Trust, browse: Browse, request: pytest.FixtureRequest, who: str, knows: bool
) -> None:
    with trust_scope(loaded):
        held = Reduction.objects.get(place__practitioner__om_key="N07A001")
        wanted = services.ReductionWanted(held.reason_id, Decimal("3.7"), held.first_day, None, "Due in June")
        held = services.change_reduction(version=held.pk, wanted=wanted, why="She told us")
    browser = browse(loaded, request.getfixturevalue(who))
    place = "practitioner:N07A001" if who == "alice" else "team:N07T01"
    lists = f"/workload/reductions?within={place}&columns=name,reason,notes,kind"
    page = f"/workload/reductions/{held.pk}"
    texts = {page: text_of(browser, page), lists: text_of(browser, lists)}
    csv = b"".join(browser.get(f"{lists}&format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert ("She told us" in texts[page]) is knows
    for shown in (*texts.values(), csv):
        assert ("Pregnancy" in shown) is knows
        assert ("Due in June" in shown) is knows
        assert ("Personal" in shown) or knows


def test_who_may_not_know_the_reason_changes_hours_and_days_only(
    loaded: Trust, browse: Browse, administrator: "User"
) -> None:
    with trust_scope(loaded):
        held = Reduction.objects.get(place__practitioner__om_key="N07A001")
        sent = typed(version=held.pk, hours="5", notes="Overwritten", first_day=words(held.first_day), last_day="")
    browser, url = browse(loaded, administrator), f"/workload/reductions/{held.pk}/change"
    page = text_of(browser, url)
    assert "Pregnancy" not in page
    assert "Agreed" not in page
    assert f'value="{held.reason_id}"' not in page
    assert browser.post(url, {**sent, "last_day_was": ""}).status_code == 302
    with trust_scope(loaded):
        after = Reduction.objects.get(place__practitioner__om_key="N07A001", superseded_by=None)
        assert (after.hours, after.reason_id, after.notes) == (Decimal(5), held.reason_id, held.notes)
