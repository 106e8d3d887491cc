"""`londonnet workload weights drafts|draft|save|throw-away|bring-back`: weights on their way, by file."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from londonnet.apps.workload.errors import WorkloadError
from londonnet.platform.documents.printing import Form, forms, print_done, print_rows
from londonnet.platform.embedded.commands import needs_database

from .common import FILE, TRUST, at_work, user_who_may
from .weights import weights_group

if TYPE_CHECKING:
    from londonnet.apps.workload.models import WeightDraft

USER = click.option("--user", "email", required=True, help="In whose name, by email address.")
DRAFT = click.argument("draft", type=click.UUID)


@weights_group.command("drafts")
@TRUST
@click.option("--thrown-away", is_flag=True, help="Those that were thrown away, instead of those on the list.")
@forms
@needs_database
def list_drafts(slug: str, form: Form, thrown_away: bool) -> None:
    """Print drafts that aren't adopted, the last changed first."""
    from londonnet.apps.workload.selectors.weight_drafts import every_draft
    from londonnet.apps.workload.weights_json import draft_json

    with at_work(slug, "workload weights drafts"):
        found = every_draft().filter(thrown_away_at__isnull=not thrown_away)
        rows = [draft_json(one) for one in found]
    print_rows(rows, form)


@weights_group.command("draft")
@DRAFT
@TRUST
@needs_database
def show_draft(draft: UUID, slug: str) -> None:
    """Print the weights of a DRAFT as a file, which `try`, `save` and `load` take."""
    from londonnet.apps.workload.selectors.weight_drafts import kept_weights
    from londonnet.apps.workload.weights import weights_json

    with at_work(slug, "workload weights draft"):
        weights = weights_json(kept_weights(found_draft(draft)), complete=True)
    click.echo(json.dumps(weights, ensure_ascii=False, indent=2))


@weights_group.command("save")
@FILE
@TRUST
@USER
@click.option("--name", help="What the draft is called; the file's name if not given.")
@click.option("--draft", type=click.UUID, help="Put the weights into this draft of theirs, instead of a new one.")
@forms
@needs_database
def save_draft(file: Path, slug: str, email: str, name: str | None, draft: UUID | None, form: Form) -> None:
    """Save the weights in FILE as a draft; nothing else changes."""
    from londonnet.apps.workload import services
    from londonnet.apps.workload.permissions import TRY
    from londonnet.apps.workload.weights_json import draft_json

    content, called = file.read_bytes(), (name or file.stem).strip()[:100]
    with at_work(slug, "workload weights save"):
        user, weights = user_who_may(email, TRY), _read(content)
        if draft is None:
            made = services.save_weight_draft(weights=weights, name=called, by=user)
        else:
            found_draft(draft)
            made = services.change_weight_draft(draft_id=draft, weights=weights, name=called, by=user)
        told = draft_json(made)
    print_done(f"Draft {told['id']} is saved.", told, form)


@weights_group.command("throw-away")
@DRAFT
@TRUST
@USER
@forms
@needs_database
def throw_away(draft: UUID, slug: str, email: str, form: Form) -> None:
    """Take somebody's own DRAFT from the list; `bring-back` puts it on again."""
    from londonnet.apps.workload import services
    from londonnet.apps.workload.permissions import TRY
    from londonnet.apps.workload.weights_json import draft_json

    with at_work(slug, "workload weights throw-away"):
        found_draft(draft)
        told = draft_json(services.throw_weight_draft_away(draft_id=draft, by=user_who_may(email, TRY)))
    print_done("The draft is thrown away.", told, form)


@weights_group.command("bring-back")
@DRAFT
@TRUST
@USER
@forms
@needs_database
def bring_back(draft: UUID, slug: str, email: str, form: Form) -> None:
    """Put somebody's own DRAFT that was thrown away on the list again."""
    from londonnet.apps.workload import services
    from londonnet.apps.workload.permissions import TRY
    from londonnet.apps.workload.weights_json import draft_json

    with at_work(slug, "workload weights bring-back"):
        found_draft(draft)
        told = draft_json(services.bring_weight_draft_back(draft_id=draft, by=user_who_may(email, TRY)))
    print_done("The draft is back.", told, form)


def found_draft(identifier: UUID) -> "WeightDraft":
    """A draft.

    Raises:
        WorkloadError: there is none of that identifier.
    """
    from londonnet.apps.workload.selectors.weight_drafts import draft

    found = draft(identifier)
    if found is None:
        raise WorkloadError("There is no such draft. “weights drafts” prints those there are.", "unknown-draft")
    return found


def _read(content: bytes) -> Any:
    """The weights of a file, begun from those in force."""
    from dataclasses import replace

    from londonnet.apps.workload.selectors import weights_in_force
    from londonnet.apps.workload.weights_reading import parse_weights_text

    in_force = weights_in_force()
    weights = parse_weights_text(content, further_reports=in_force.further_reports)
    return replace(weights, version=in_force.version)
