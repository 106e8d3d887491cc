"""The pages of weights: what they show and to whom, and that nothing typed is lost."""

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from londonnet.apps.workload.models import WeightDraft, WeightProposal, WeightVersion
from londonnet.apps.workload.selectors import weights_in_force
from londonnet.apps.workload.selectors.weight_drafts import kept_weights
from londonnet.apps.workload.services import adopt_weights, propose_weights, save_weight_draft
from londonnet.apps.workload.tests import extracts
from londonnet.apps.workload.tests.reading import text_of
from londonnet.apps.workload.weight_entries import texts_of
from londonnet.apps.workload.weights import weights_json
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
MakeUser = Callable[..., "User"]
CountQueries = Callable[[], AbstractContextManager[Any]]

TRY = "/workload/weights/try"
HEAVIER = "cases.community.b2"
"""The cell that all cases of these tests stand in: 115 points; with 150, twenty cases of it pass 110%."""


@pytest.fixture
def loaded(alpha: Trust) -> Trust:
    """Alpha with an extract in force."""
    with trust_scope(alpha):
        extracts.load()
    return alpha


@pytest.fixture
def second(alpha: Trust, make_user: MakeUser) -> "User":
    """A second head of service."""
    return make_user(alpha, "second@example.org", ("head_of_service", "trust", ""))


def typed(trust: Trust, **changed: str) -> dict[str, str]:
    """What the editor sends: every number, some of them changed."""
    with trust_scope(trust):
        return texts_of(weights_in_force()) | {path.replace("__", "."): text for path, text in changed.items()}


def heavier(trust: Trust, **more: str) -> dict[str, str]:
    """The editor with one weight changed."""
    return typed(trust, **{HEAVIER: "150"}) | more


def page_of(answer: Any) -> str:
    """What an answer says, with spaces made one."""
    return re.sub(r"\s+", " ", answer.content.decode())


def a_proposal(trust: Trust, by: "User") -> WeightProposal:
    """Heavier reports, proposed from today."""
    with trust_scope(trust):
        draft = save_weight_draft(weights=replace(weights_in_force(), sdr=200), name="Heavier", by=by)
        return propose_weights(draft_id=draft.pk, valid_from=timezone.localdate(), reason="The audit", by=by)


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


def test_a_draft_is_saved_found_by_its_link_and_changed_only_by_whoever_made_it(
    loaded: Trust, browse: Browse, head: "User", second: "User"
) -> None:
    browser = browse(loaded, head)
    assert browser.post(TRY, heavier(loaded, action="save", name=" ")).status_code == 422
    url = browser.post(TRY, heavier(loaded, action="save", name="Heavier B2")).headers["Location"]
    with trust_scope(loaded):
        (draft,) = WeightDraft.objects.all()
        assert kept_weights(draft).cases["community", 6] == 150
    assert url == f"/workload/weights/draft/{draft.pk}"
    page = text_of(browser, url)
    assert "Bashir Blum" in page
    assert "Save the draft" in page
    other = browse(loaded, second)
    assert "Save the draft" not in text_of(other, url)
    answer = other.post(url, heavier(loaded, action="save", name="Theirs"))
    assert answer.status_code == 422
    assert "Save the weights as a draft of your own" in page_of(answer)
    assert other.post(url, heavier(loaded, action="save-as-new", name="Theirs")).status_code == 302
    assert "Theirs" in text_of(other, "/workload/weights")


def test_the_effect_that_is_fetched_while_somebody_presses_save_saves_nothing(
    loaded: Trust, browse: Browse, head: "User"
) -> None:
    browser = browse(loaded, head)
    # htmx sends the button along that was pressed last, so a change just before makes one such request.
    answer = browser.post(TRY, heavier(loaded, action="save", name="Heavier"), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    with trust_scope(loaded):
        assert not WeightDraft.objects.exists()


def test_a_draft_thrown_away_can_be_brought_back(loaded: Trust, browse: Browse, head: "User") -> None:
    browser = browse(loaded, head)
    url = browser.post(TRY, heavier(loaded, action="save", name="Heavier B2")).headers["Location"]
    browser.post(f"{url}/throw-away")
    assert "Heavier B2" not in text_of(browser, "/workload/weights")
    assert "This draft was thrown away" in text_of(browser, url)
    browser.post(f"{url}/bring-back")
    assert "Heavier B2" in text_of(browser, "/workload/weights")


def test_a_draft_is_proposed_and_a_second_person_approves_it(
    loaded: Trust, browse: Browse, head: "User", second: "User"
) -> None:
    browser, other = browse(loaded, head), browse(loaded, second)
    url = browser.post(TRY, heavier(loaded, action="save", name="Heavier B2")).headers["Location"]
    refused = browser.post(f"{url}/propose", {"valid_from": "2020-01-01", "reason": "The audit"})
    assert refused.status_code == 422
    assert "Enter today or a later day" in page_of(refused)
    assert "The audit" in page_of(refused)
    today = timezone.localdate().isoformat()
    where = browser.post(f"{url}/propose", {"valid_from": today, "reason": "The audit"}).headers["Location"]
    assert "Withdraw it" in text_of(browser, where)
    assert "Approve" not in text_of(browser, where)
    assert "Approve these weights" in text_of(other, where)
    assert browser.post(f"{where}/decide", {"decision": "approve"}).status_code == 422
    other.post(f"{where}/decide", {"decision": "approve"})
    with trust_scope(loaded):
        assert weights_in_force().cases["community", 6] == 150
    page = text_of(browser, "/workload/weights")
    assert "Head; approved by Second" in page
    assert "Cases, community: B2 from 115 to 150." in page
    assert "Weights version 2" in text_of(browser, "/workload/team/N07T01")
    assert "This proposal is approved" in page_of(other.post(f"{where}/decide", {"decision": "approve"}, follow=True))


def test_a_rejection_says_why_and_is_refused_without(
    loaded: Trust, browse: Browse, head: "User", second: "User"
) -> None:
    where = f"/workload/weights/proposal/{a_proposal(loaded, head).pk}"
    other = browse(loaded, second)
    assert "Enter the reason" in page_of(other.post(f"{where}/decide", {"decision": "reject", "reason": ""}))
    other.post(f"{where}/decide", {"decision": "reject", "reason": "Too heavy for custody"})
    assert "Too heavy for custody" in text_of(browse(loaded, head), where)


def test_only_those_who_answer_for_the_whole_trust_propose_and_decide(
    loaded: Trust, browse: Browse, head: "User", bob: "User", make_user: MakeUser
) -> None:
    proposal = a_proposal(loaded, head)
    where = f"/workload/weights/proposal/{proposal.pk}"
    regional = make_user(loaded, "region@example.org", ("head_of_service", "region", "N07R1"))
    for user in (bob, regional):
        browser = browse(loaded, user)
        assert browser.get(where).status_code == 200
        assert "Approve" not in text_of(browser, where)
        assert browser.post(f"{where}/decide", {"decision": "approve"}).status_code == 404
        assert browser.get(f"/workload/weights/draft/{proposal.draft_id}/propose").status_code == 404
        assert browser.post("/workload/weights/1/again").status_code == 404


def test_an_earlier_version_is_proposed_again_with_everything_filled_in(
    loaded: Trust, browse: Browse, head: "User"
) -> None:
    with trust_scope(loaded):
        adopt_weights(weights=replace(weights_in_force(), sdr=200, valid_from=timezone.localdate()))
    browser = browse(loaded, head)
    assert "Propose this version again" not in text_of(browser, "/workload/weights/2")
    url = browser.post("/workload/weights/1/again").headers["Location"]
    page = text_of(browser, url)
    assert "Back to version 1" in page
    assert "Standard delivery report from 200 to 138" in page
    assert f'value="{timezone.localdate().isoformat()}"' in page


def test_a_file_comes_out_as_the_command_prints_it_and_goes_in_as_a_draft(
    loaded: Trust, browse: Browse, head: "User"
) -> None:
    browser = browse(loaded, head)
    answer = browser.get("/workload/weights/1/file")
    with trust_scope(loaded):
        assert json.loads(answer.content) == json.loads(json.dumps(weights_json(weights_in_force())))
    assert 'filename="weights-version-1.json"' in answer.headers["Content-Disposition"]
    sent = SimpleUploadedFile("heavier.json", answer.content.replace(b'"sdr": 138', b'"sdr": 201'))
    url = browser.post("/workload/weights/import", {"weights": sent}).headers["Location"]
    with trust_scope(loaded):
        (draft,) = WeightDraft.objects.all()
        assert (draft.name, kept_weights(draft).sdr, weights_in_force().sdr) == ("heavier", 201, 138)
    again = browser.get(f"{url}/file")
    assert json.loads(again.content)["reports"]["sdr"] == 201


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"not json", "the file is not JSON"), (b"{}", "cases is missing"), (b"", "Choose a weights file first")],
)
def test_a_file_that_isnt_right_is_refused_with_every_reason(
    loaded: Trust, browse: Browse, head: "User", content: bytes, said: str
) -> None:
    answer = browse(loaded, head).post(
        "/workload/weights/import", {"weights": SimpleUploadedFile("x.json", content)} if content else {}
    )
    assert answer.status_code == 422
    assert said.lower() in page_of(answer).lower()
    with trust_scope(loaded):
        assert not WeightDraft.objects.exists()


def test_what_is_not_there_is_not_found(loaded: Trust, browse: Browse, head: "User") -> None:
    browser = browse(loaded, head)
    for url in ("/workload/weights/9", "/workload/weights/9/file", f"{TRY}?from=9", f"{TRY}?from=x"):
        assert browser.get(url).status_code == 404


@pytest.mark.parametrize("page", ["versions", "version", "trial", "tried", "draft", "proposal"])
def test_a_page_sends_the_same_few_statements_however_much_it_shows(
    alpha: Trust, browse: Browse, head: "User", second: "User", count_queries: CountQueries, page: str
) -> None:
    counts = []
    for size in (3, 30):
        with trust_scope(alpha):
            extracts.load([extracts.Person(f"N07B{n:03}", f"Ann B{n}", team_code=f"N07T{n % 5}") for n in range(size)])
            adopt_weights(weights=replace(weights_in_force(), sdr=100 + size))
        proposal = a_proposal(alpha, second)
        urls = {
            "versions": "/workload/weights",
            "version": "/workload/weights/2",
            "trial": TRY,
            "tried": TRY,
            "draft": f"/workload/weights/draft/{proposal.draft_id}",
            "proposal": f"/workload/weights/proposal/{proposal.pk}",
        }
        browser, sent = browse(alpha, head), heavier(alpha)
        browser.get(urls[page])
        with count_queries() as statements:
            answer = browser.post(TRY, sent) if page == "tried" else browser.get(urls[page])
        assert answer.status_code == 200
        counts.append(statements.count)
    assert counts[0] == counts[1]
    assert counts[1] + 1 <= 12, "\n".join(text.strip()[:110] for text in statements.texts)


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
