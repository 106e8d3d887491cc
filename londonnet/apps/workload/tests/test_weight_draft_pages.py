"""Pages of drafts, proposals and files of weights: who decides, and that a page costs the same whatever it shows."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from londonnet.apps.workload.models import WeightDraft, WeightProposal
from londonnet.apps.workload.selectors import weights_in_force
from londonnet.apps.workload.selectors.weight_drafts import kept_weights
from londonnet.apps.workload.services import adopt_weights, propose_weights, save_weight_draft
from londonnet.apps.workload.tests import extracts
from londonnet.apps.workload.tests.reading import text_of
from londonnet.apps.workload.weights import weights_json
from londonnet.platform.trusts import Trust, trust_scope

from .weight_forms import TRY, heavier, page_of

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
MakeUser = Callable[..., "User"]
CountQueries = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def second(alpha: Trust, make_user: MakeUser) -> "User":
    """A second head of service."""
    return make_user(alpha, "second@example.org", ("head_of_service", "trust", ""))


def a_proposal(trust: Trust, by: "User") -> WeightProposal:
    """Heavier reports, proposed from today."""
    with trust_scope(trust):
        draft = save_weight_draft(weights=replace(weights_in_force(), sdr=200), name="Heavier", by=by)
        return propose_weights(draft_id=draft.pk, valid_from=timezone.localdate(), reason="The audit", by=by)


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
    refused = page_of(other.post(f"{where}/decide", {"decision": "reject", "reason": ""}))
    assert "Enter the reason" in refused
    assert f'hx-post="{where}"' in refused
    assert f'data-live-refresh="{where}"' in refused
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
    today = timezone.localdate()
    assert f'value="{today.day}/{today.month}/{today.year}"' in page


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
