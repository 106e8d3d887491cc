"""`londonnet workload weights proposals|proposal|propose|approve|reject|withdraw|again`: each in somebody's name."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from londonnet.apps.workload.errors import WorkloadError
from londonnet.platform.documents.printing import Form, forms, print_done, print_one, print_rows
from londonnet.platform.embedded.commands import needs_database

from .common import TRUST, at_work, user_who_may
from .types import DAY
from .weight_drafts import DRAFT, USER, found_draft
from .weights import weights_group

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

_NUMBER = click.argument("number", type=int)
_STATES = click.Choice(["waiting", "approved", "rejected", "withdrawn"])


@weights_group.command("proposals")
@TRUST
@click.option("--state", type=_STATES, help="Only those in this state.")
@forms
@needs_database
def list_proposals(slug: str, form: Form, state: str | None) -> None:
    """Print proposals, the newest first, with what became of each."""
    from londonnet.apps.workload.models import WeightProposal
    from londonnet.apps.workload.selectors.weight_drafts import proposals
    from londonnet.apps.workload.weights_json import proposal_json

    with at_work(slug, "workload weights proposals"):
        rows = [proposal_json(one) for one in proposals(WeightProposal.State(state) if state else None)]
    print_rows(rows, form)


@weights_group.command("proposal")
@_NUMBER
@TRUST
@forms
@needs_database
def show_proposal(number: int, slug: str, form: Form) -> None:
    """Print proposal NUMBER, with what it changes against the weights in force."""
    with at_work(slug, "workload weights proposal"):
        told = _told(number, with_changes=True)
    print_one(told, form, rows=told["changes"]["lines"])


@weights_group.command("propose")
@DRAFT
@TRUST
@USER
@click.option("--from", "valid_from", type=DAY, required=True, help="From which day; today or later.")
@click.option("--reason", required=True, help="Why; whoever approves the weights reads it.")
@forms
@needs_database
def propose(draft: UUID, slug: str, email: str, valid_from: date, reason: str, form: Form) -> None:
    """Propose a DRAFT; a second person approves it."""
    from londonnet.apps.workload import services

    with at_work(slug, "workload weights propose"):
        found_draft(draft)
        user = _decider(email)
        made = services.propose_weights(draft_id=draft, valid_from=valid_from, reason=reason, by=user)
        told = _told(made.pk)
    print_done(f"Proposal {told['number']} waits for a second person.", told, form)


@weights_group.command("approve")
@_NUMBER
@TRUST
@USER
@forms
@needs_database
def approve(number: int, slug: str, email: str, form: Form) -> None:
    """Approve proposal NUMBER of somebody else's; it becomes the next version."""
    from londonnet.apps.workload import services

    told = _decided(number, slug, email, "approve", lambda by: services.approve_weights(proposal_id=number, by=by))
    print_done(f"The weights are approved, as version {told['version']}.", told, form)


@weights_group.command("reject")
@_NUMBER
@TRUST
@USER
@click.option("--reason", required=True, help="Why not; whoever proposed the weights reads it.")
@forms
@needs_database
def reject(number: int, slug: str, email: str, reason: str, form: Form) -> None:
    """Reject proposal NUMBER of somebody else's."""
    from londonnet.apps.workload import services

    told = _decided(
        number, slug, email, "reject", lambda by: services.reject_weights(proposal_id=number, reason=reason, by=by)
    )
    print_done("The weights are rejected.", told, form)


@weights_group.command("withdraw")
@_NUMBER
@TRUST
@USER
@forms
@needs_database
def withdraw(number: int, slug: str, email: str, form: Form) -> None:
    """Withdraw somebody's own proposal NUMBER."""
    from londonnet.apps.workload import services

    told = _decided(number, slug, email, "withdraw", lambda by: services.withdraw_weights(proposal_id=number, by=by))
    print_done("The proposal is withdrawn.", told, form)


@weights_group.command("again")
@click.argument("version", type=int)
@TRUST
@USER
@forms
@needs_database
def again(version: int, slug: str, email: str, form: Form) -> None:
    """Begin to roll back: earlier VERSION becomes a draft, to be proposed."""
    from londonnet.apps.workload import services
    from londonnet.apps.workload.selectors import weights_in_force
    from londonnet.apps.workload.weights_json import draft_json

    from .weights import version_called

    with at_work(slug, "workload weights again"):
        earlier, in_force = version_called(version), weights_in_force()
        made = services.draft_again(earlier=earlier, in_force=in_force, by=_decider(email))
        told = draft_json(made)
    print_done(f"Draft {told['id']} holds version {version} again. Propose it next.", told, form)


def _decided(number: int, slug: str, email: str, act: str, decide: "Callable[[User], object]") -> dict[str, Any]:
    with at_work(slug, f"workload weights {act}"):
        _told(number)
        decide(_decider(email))
        return _told(number)


def _decider(email: str) -> "User":
    """Weights hold for the whole trust, so it takes a reach of all of it."""
    from londonnet.apps.workload.permissions import WEIGHTS
    from londonnet.platform.access.policy import TRUST_WIDE

    return user_who_may(email, WEIGHTS, TRUST_WIDE)


def _told(number: int, *, with_changes: bool = False) -> dict[str, Any]:
    """A proposal.

    Raises:
        WorkloadError: there is none of that number.
    """
    from londonnet.apps.workload.selectors import weights_in_force
    from londonnet.apps.workload.selectors.weight_drafts import kept_weights, proposal
    from londonnet.apps.workload.weight_changes import differences
    from londonnet.apps.workload.weights import weights_json
    from londonnet.apps.workload.weights_json import changes_json, proposal_json

    found = proposal(number)
    if found is None:
        raise WorkloadError(f"There is no proposal {number}. “weights proposals” prints them.", "unknown-number")
    if not with_changes:
        return proposal_json(found)
    weights = kept_weights(found)
    changes = changes_json(differences(weights_in_force(), weights))
    return {**proposal_json(found), "weights": weights_json(weights, complete=True), "changes": changes}
