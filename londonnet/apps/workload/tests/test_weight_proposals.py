"""From a draft to weights in force: whose it is, a second person approves, one decision only."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from londonnet.apps.workload.errors import DraftStands, ProposalDecided, ProposalRefused
from londonnet.apps.workload.models import WeightDraft, WeightProposal
from londonnet.apps.workload.selectors import figures_in_force, weights_in_force, weights_of
from londonnet.apps.workload.selectors.weight_drafts import (
    VersionStanding,
    drafts,
    kept_weights,
    standings_on,
    version_rows,
)
from londonnet.apps.workload.services import (
    approve_weights,
    bring_weight_draft_back,
    change_weight_draft,
    propose_weights,
    reject_weights,
    save_weight_draft,
    throw_weight_draft_away,
    withdraw_weights,
)
from londonnet.apps.workload.weights import WeightSet
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.notices.models import Notice
from londonnet.platform.trusts import Trust, trust_scope

from . import extracts

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

MakeUser = Callable[..., "User"]


@pytest.fixture
def other_head(alpha: Trust, make_user: MakeUser) -> "User":
    """A second head of service."""
    return make_user(alpha, "second@example.org", ("head_of_service", "trust", ""))


def heavier() -> WeightSet:
    """The weights in force with heavier reports."""
    return replace(weights_in_force(), sdr=200)


def a_draft(by: "User") -> WeightDraft:
    """A draft of heavier weights."""
    return save_weight_draft(weights=heavier(), name="Heavier reports", by=by)


def a_proposal(by: "User", *, valid_from: date | None = None) -> WeightProposal:
    """The same, proposed from today or another day on."""
    day = valid_from or timezone.localdate()
    return propose_weights(draft_id=a_draft(by).pk, valid_from=day, reason="The audit", by=by)


def test_a_draft_holds_the_weights_whole_and_can_be_changed_by_whoever_made_it(
    head: "User", other_head: "User", in_alpha: Trust
) -> None:
    draft = a_draft(head)
    assert kept_weights(draft) == heavier()
    changed = replace(heavier(), conversion=99)
    change_weight_draft(draft_id=draft.pk, weights=changed, name="Heavier still", by=head)
    draft.refresh_from_db()
    assert (kept_weights(draft), draft.name) == (changed, "Heavier still")
    with pytest.raises(DraftStands, match="somebody else"):
        change_weight_draft(draft_id=draft.pk, weights=changed, name="Mine", by=other_head)


def test_a_draft_thrown_away_leaves_the_list_and_comes_back(head: "User", in_alpha: Trust) -> None:
    draft = a_draft(head)
    throw_weight_draft_away(draft_id=draft.pk, by=head)
    assert drafts() == []
    bring_weight_draft_back(draft_id=draft.pk, by=head)
    assert drafts() == [draft]


def test_a_proposed_draft_stands_until_its_proposal_is_decided(
    head: "User", other_head: "User", in_alpha: Trust
) -> None:
    proposal = a_proposal(head)
    for change in (
        lambda: change_weight_draft(draft_id=proposal.draft_id, weights=heavier(), name="x", by=head),
        lambda: throw_weight_draft_away(draft_id=proposal.draft_id, by=head),
        lambda: propose_weights(draft_id=proposal.draft_id, valid_from=timezone.localdate(), reason="Again", by=head),
    ):
        with pytest.raises(DraftStands, match="proposed"):
            change()
    reject_weights(proposal_id=proposal.pk, reason="Too heavy", by=other_head)
    change_weight_draft(draft_id=proposal.draft_id, weights=heavier(), name="Lighter", by=head)
    again = propose_weights(draft_id=proposal.draft_id, valid_from=timezone.localdate(), reason="Again", by=head)
    assert again.pk != proposal.pk


@pytest.mark.parametrize(
    ("days", "reason", "field"), [(-1, "The audit", "valid_from"), (0, "  ", "reason"), (400, "", "reason")]
)
def test_a_day_gone_by_or_no_reason_is_refused(
    head: "User", in_alpha: Trust, days: int, reason: str, field: str
) -> None:
    draft = a_draft(head)
    with pytest.raises(ProposalRefused) as refused:
        propose_weights(
            draft_id=draft.pk, valid_from=timezone.localdate() + timedelta(days=days), reason=reason, by=head
        )
    assert refused.value.field == field
    assert not WeightProposal.objects.exists()


def test_approved_weights_are_the_next_version_and_the_figures_follow_at_once(
    head: "User", other_head: "User", in_alpha: Trust
) -> None:
    extracts.load()
    proposal = a_proposal(head)
    version = approve_weights(proposal_id=proposal.pk, by=other_head)
    assert (version, weights_in_force().sdr, weights_of(1).sdr) == (2, 200, 138)
    figures = figures_in_force()
    assert figures is not None
    assert figures.weights_version == 2
    newest = version_rows(timezone.localdate())[0]
    assert (newest.proposed_by, newest.approved_by, newest.reason) == ("Head", "Second", "The audit")
    assert TrailEntry.objects.get(kind="workload.weights_approved").after["version"] == 2  # type: ignore[index]


def test_those_who_may_approve_are_told_and_so_is_the_proposer_of_the_decision(
    head: "User", other_head: "User", bob: "User", in_alpha: Trust
) -> None:
    proposal = a_proposal(head)
    told = Notice.objects.filter(kind="workload.weights_proposed")
    assert {(one.user_id, one.title) for one in told} == {(other_head.pk, "Head proposes new weights: Heavier reports")}
    reject_weights(proposal_id=proposal.pk, reason="Too heavy", by=other_head)
    answer = told.get(user_id=head.pk)
    assert (answer.title, answer.text) == ("Second rejected the weights that you proposed", "Too heavy")
    assert answer.url == f"/workload/weights/proposal/{proposal.pk}"


def test_nobody_approves_or_rejects_their_own_proposal(head: "User", in_alpha: Trust) -> None:
    proposal = a_proposal(head)
    with pytest.raises(ProposalRefused, match="second person"):
        approve_weights(proposal_id=proposal.pk, by=head)
    with pytest.raises(ProposalRefused, match="Withdraw"):
        reject_weights(proposal_id=proposal.pk, reason="No", by=head)
    assert weights_in_force().version == 1
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        WeightProposal.objects.update(state="approved", decided_by=head)


def test_only_whoever_proposed_withdraws_and_a_rejection_needs_a_reason(
    head: "User", other_head: "User", in_alpha: Trust
) -> None:
    proposal = a_proposal(head)
    with pytest.raises(ProposalRefused, match="Only whoever proposed"):
        withdraw_weights(proposal_id=proposal.pk, by=other_head)
    with pytest.raises(ProposalRefused, match="Enter the reason"):
        reject_weights(proposal_id=proposal.pk, reason=" ", by=other_head)
    withdraw_weights(proposal_id=proposal.pk, by=head)
    with pytest.raises(ProposalDecided, match="withdrawn"):
        approve_weights(proposal_id=proposal.pk, by=other_head)


def test_weights_approved_after_their_day_hold_from_today(head: "User", other_head: "User", in_alpha: Trust) -> None:
    proposal = a_proposal(head)
    WeightProposal.objects.update(valid_from=timezone.localdate() - timedelta(days=3))
    version = approve_weights(proposal_id=proposal.pk, by=other_head)
    assert weights_of(version).valid_from == timezone.localdate()


def test_weights_of_a_later_day_wait_for_it(head: "User", other_head: "User", in_alpha: Trust) -> None:
    extracts.load()
    later = timezone.localdate() + timedelta(days=10)
    version = approve_weights(proposal_id=a_proposal(head, valid_from=later).pk, by=other_head)
    assert weights_in_force().version == 1
    assert weights_in_force(later).version == version
    assert version_rows(timezone.localdate())[0].standing is VersionStanding.TO_COME


def test_what_each_version_is_on_a_day() -> None:
    days = {1: date(2026, 4, 1), 2: date(2026, 9, 1), 3: date(2026, 12, 1), 4: date(2026, 11, 1), 5: date(2027, 1, 1)}
    before, in_force, passed_by, to_come = (
        VersionStanding.BEFORE,
        VersionStanding.IN_FORCE,
        VersionStanding.PASSED_BY,
        VersionStanding.TO_COME,
    )
    wanted = {1: before, 2: in_force, 3: passed_by, 4: to_come, 5: to_come}
    assert standings_on(date(2026, 10, 1), days) == wanted
    assert standings_on(date(2020, 1, 1), {1: date(2026, 4, 1)}) == {1: in_force}


def test_of_two_who_approve_at_once_one_wins_and_the_other_is_told(fresh_trust: Trust, make_user: MakeUser) -> None:
    proposer, *approvers = (
        make_user(fresh_trust, f"{name}@example.org", ("head_of_service", "trust", ""))
        for name in ("one", "two", "six")
    )
    with trust_scope(fresh_trust):
        extracts.load()
        proposal = a_proposal(proposer)
    together = threading.Barrier(2)
    outcomes: list[int | str] = []

    def approve(user: "User") -> None:
        with trust_scope(fresh_trust):
            together.wait()
            try:
                outcomes.append(approve_weights(proposal_id=proposal.pk, by=user))
            except ProposalDecided as told:
                outcomes.append(told.message)
            connection.close()

    threads = [threading.Thread(target=approve, args=(user,)) for user in approvers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == [
        "2",
        "This proposal is approved: somebody decided a moment before you. Nothing was changed by you.",
    ]
    with trust_scope(fresh_trust):
        assert weights_in_force().version == 2


def test_a_draft_that_is_not_there_is_nobodys(head: "User", in_alpha: Trust) -> None:
    with pytest.raises(WeightDraft.DoesNotExist):
        throw_weight_draft_away(draft_id=uuid4(), by=head)
