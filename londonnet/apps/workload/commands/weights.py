"""`londonnet workload weights …`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from londonnet.apps.workload.errors import WorkloadError
from londonnet.platform.documents.printing import Form, forms, print_one, print_rows
from londonnet.platform.embedded.commands import needs_database

from .common import FILE, JSON, TRUST, at_work, places, require_known, within_of, workload_group

if TYPE_CHECKING:
    from londonnet.apps.workload.selectors import Within
    from londonnet.apps.workload.selectors.effect_rows import Effect
    from londonnet.apps.workload.weights import WeightSet


@workload_group.group("weights")
def weights_group() -> None:
    """Versions of the weights."""


@weights_group.command("list")
@TRUST
@forms
@needs_database
def list_weights(slug: str, form: Form) -> None:
    """Print every version, the newest first: from when, what it is today, and why."""
    from django.utils import timezone

    from londonnet.apps.workload.selectors.weight_drafts import version_rows
    from londonnet.apps.workload.weights_json import version_json

    with at_work(slug, "workload weights list"):
        rows = [version_json(row) for row in version_rows(timezone.localdate())]
    print_rows(rows, form)


@weights_group.command("show")
@TRUST
@click.option("--version", "number", type=int, help="That version instead of the one in force.")
@JSON
@needs_database
def show_weights(slug: str, number: int | None, as_json: bool) -> None:
    """Print the weights in force today, or one version of them."""
    from londonnet.apps.workload.weights import weights_json

    with at_work(slug, "workload weights show"):
        weights = weights_json(version_called(number))
    click.echo(json.dumps(weights, ensure_ascii=False, indent=None if as_json else 2))


def version_called(number: int | None) -> "WeightSet":
    """That version, or the one in force.

    Raises:
        WorkloadError: there is no such version.
    """
    from londonnet.apps.workload.models import WeightVersion
    from londonnet.apps.workload.selectors import weights_in_force, weights_of

    if number is None:
        return weights_in_force()
    try:
        return weights_of(number)
    except WeightVersion.DoesNotExist:
        message = (
            f"There is no version {number} of the weights. “londonnet workload weights list” says which there are."
        )
        raise WorkloadError(message, "unknown-version") from None


@weights_group.command("try")
@FILE
@TRUST
@click.option("--by", type=click.Choice(["team", "pdu", "region", "trust"]), default="trust")
@places
@forms
@needs_database
def try_weights(file: Path, slug: str, by: str, form: Form, **codes: str | None) -> None:
    """Print what the weights in FILE would do to capacity, place by place; as JSON with people too.

    Of a team those are its practitioners, else who passes 110%. Nothing is changed.
    """
    from londonnet.apps.workload.weights_json import person_change_json, place_change_json

    within = within_of(codes)
    content = file.read_bytes()
    with at_work(slug, "workload weights try"):
        require_known(within)
        effect = _effect(content, within)
    rows = [place_change_json(one) for one in effect.places if one.level == by]
    rows = rows or [place_change_json(effect.whole) | {"code": within.code or slug}]
    print_one({"places": rows, "people": [person_change_json(one) for one in effect.people]}, form, rows=rows)


def _effect(content: bytes, within: "Within") -> "Effect":
    """What a weights file would do.

    Raises:
        WeightsRefused: the file isn't whole or isn't right.
        WorkloadError: there are no figures yet.
    """
    from londonnet.apps.workload.selectors import figures_in_force, weights_in_force
    from londonnet.apps.workload.selectors.weight_effect import effect_of
    from londonnet.apps.workload.weights_reading import parse_weights_text
    from londonnet.platform.trusts.snapshot import snapshot

    with snapshot():
        weights = parse_weights_text(content, further_reports=weights_in_force().further_reports)
        figures = figures_in_force()
        if figures is None:
            raise WorkloadError("There are no figures to try weights on. Load a national extract first.", "no-figures")
        return effect_of(weights, within, figures=figures)


@weights_group.command("load")
@FILE
@TRUST
@click.option("--reason", default="", help="Why, for the audit trail.")
@JSON
@needs_database
def load_weights(file: Path, slug: str, reason: str, as_json: bool) -> None:
    """Adopt the weights in FILE (what `weights show --json` prints) as a new version; it must be complete."""
    from londonnet.apps.workload.selectors import weights_in_force
    from londonnet.apps.workload.services import adopt_weights
    from londonnet.apps.workload.weights_reading import parse_weights_text

    content = file.read_bytes()
    with at_work(slug, "workload weights load"):
        weights = parse_weights_text(content, further_reports=weights_in_force().further_reports)
        version = adopt_weights(weights=weights, reason=reason)
    click.echo(f"Weights version {version} is adopted, valid from {weights.valid_from.isoformat()}.", err=True)
    if as_json:
        click.echo(json.dumps({"version": version, "valid_from": weights.valid_from.isoformat()}))
