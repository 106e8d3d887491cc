"""The pages of weights: what they show and to whom, and that nothing typed is lost."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from londonnet.apps.workload.models import WeightDraft, WeightVersion
from londonnet.apps.workload.tests.reading import text_of
from londonnet.platform.trusts import Trust, trust_scope

from .weight_forms import HEAVIER, TRY, heavier, page_of, typed

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("head", True),
        ("administrator", True),
        ("bob", True),
        ("alice", False),
        ("hr", False),
        ("auditor", False),
    ],
)
def test_weights_are_seen_and_tried_by_those_who_may(
    loaded: Trust, browse: Browse, request: pytest.FixtureRequest, who: str, may: bool
) -> None:
    browser = browse(loaded, request.getfixturevalue(who))
    for url in ("/workload/weights", "/workload/weights/1", "/workload/weights/1/file", TRY):
        assert browser.get(url).status_code == (200 if may else 404)
    assert browser.post(TRY, heavier(loaded)).status_code == (200 if may else 404)


def test_one_changed_weight_shows_at_once_what_it_does_and_keeps_nothing(
    loaded: Trust, browse: Browse, head: "User"
) -> None:
    browser = browse(loaded, head)
    fragment = page_of(browser.post(TRY, heavier(loaded, within="team:N07T01"), headers={"HX-Request": "true"}))
    assert fragment.lstrip().startswith('<section id="effect"')
    assert 'hx-swap-oob="innerHTML:#effect-summary"' in fragment
    assert "Cases, community: B2 from 115 to 150." in fragment
    assert "Now above 110%" in fragment
    assert "Bashir Blum" in fragment
    assert "The whole trust" in fragment
    whole = page_of(browser.post(TRY, heavier(loaded, within="team:N07T01", action="effect")))
    assert "Bashir Blum" in whole
    with trust_scope(loaded):
        assert not WeightDraft.objects.exists()
        assert WeightVersion.objects.count() == 1


def test_the_place_looked_at_is_remembered_and_a_page_can_ask_for_one(
    loaded: Trust, browse: Browse, head: "User"
) -> None:
    browser = browse(loaded, head)
    assert '<option value="trust" selected>' in page_of(browser.get(TRY))
    browser.post(TRY, heavier(loaded, within="team:N07T02"), headers={"HX-Request": "true"})
    assert '<option value="team:N07T02" selected>' in page_of(browser.get(TRY))
    assert '<option value="pdu:N07P2" selected>' in page_of(browser.get(f"{TRY}?within=pdu:N07P2"))
    assert 'href="/workload/weights/try?within=team:N07T01"' in text_of(browser, "/workload/team/N07T01")


def test_the_effect_is_seen_within_ones_own_reach_only(loaded: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(loaded, bob)
    for within in ("trust", "team:N07T02", "pdu:N07P1"):
        page = page_of(browser.post(TRY, heavier(loaded, within=within), headers={"HX-Request": "true"}))
        assert "Bashir Blum" in page, within
        assert "Farah Finch" not in page, within
        assert "The whole trust" not in page, within
    assert 'value="team:N07T02"' not in page_of(browser.get(TRY))


def test_an_administrator_sees_what_weights_do_without_names(
    loaded: Trust, browse: Browse, administrator: "User"
) -> None:
    page = page_of(browse(loaded, administrator).post(TRY, heavier(loaded, within="team:N07T01")))
    assert "1 would pass 110% upwards" in page
    assert 'href="/workload"' not in page
    assert "Names are shown to those who may see" in page
    assert "Bashir" not in page


def test_what_is_wrong_is_said_beside_the_field_and_at_the_top_and_everything_is_kept(
    loaded: Trust, browse: Browse, head: "User"
) -> None:
    sent = heavier(loaded, **{"cases.custody.a1": "1000", "default_hours.PO": "x", "action": "save", "name": "Mine"})
    answer = browse(loaded, head).post(TRY, sent)
    page = page_of(answer)
    assert answer.status_code == 422
    assert "<title>Error: " in page
    assert '<a href="#cases-custody-a1">Custody A1 (cases): enter a whole number from 0 to 999.</a>' in page
    assert '<a href="#default_hours-PO">Hours of PO: enter hours from 0 to 168' in page
    assert re.search(r'name="cases.community.b2" value="150"', page)
    assert re.search(r'name="cases.custody.a1" value="1000"', page)
    assert 'value="Mine"' in page
    fragment = page_of(browse(loaded, head).post(TRY, sent, headers={"HX-Request": "true"}))
    assert "2 numbers need putting right first" in fragment


def test_many_are_changed_at_once_by_a_percentage(loaded: Trust, browse: Browse, head: "User") -> None:
    browser = browse(loaded, head)
    page = page_of(browser.post(TRY, typed(loaded) | {"action": "scale", "part": "cases.community", "percent": "33"}))
    assert 'name="cases.community.a3" value="274"' in page
    assert 'name="cases.custody.a3" value="75"' in page
    assert "Cases, community: 16 changed" in page
    answer = browser.post(TRY, typed(loaded) | {"action": "scale", "part": "all", "percent": "lots"})
    assert answer.status_code == 422
    assert "Enter a percentage from -100 to 900" in page_of(answer)


def test_what_is_not_there_is_not_found(loaded: Trust, browse: Browse, head: "User") -> None:
    browser = browse(loaded, head)
    for url in ("/workload/weights/9", "/workload/weights/9/file", f"{TRY}?from=9", f"{TRY}?from=x"):
        assert browser.get(url).status_code == 404


def test_from_home_to_the_effect_of_one_weight_on_the_team_last_looked_at_is_five_steps(
    loaded: Trust, browse: Browse, head: "User"
) -> None:
    browser = browse(loaded, head)
    browser.post(TRY, heavier(loaded, within="team:N07T01"), headers={"HX-Request": "true"})
    assert 'href="/workload"' in text_of(browser, "/")
    overview = page_of(browser.get("/workload", follow=True))
    (link,) = re.findall(r'href="(/workload/weights[^"]*)">Try other weights', overview)
    # Two clicks and two pages so far; the fifth step is the number itself, and the answer to it names the team.
    editor = page_of(browser.get(link))
    assert f'name="{HEAVIER}"' in editor
    fragment = page_of(browser.post(TRY, heavier(loaded), headers={"HX-Request": "true"}))
    assert "<b>Team of N07T01</b>" in fragment
