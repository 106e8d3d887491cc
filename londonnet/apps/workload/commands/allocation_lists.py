"""`londonnet workload allocation …`: what was moved, and what moves would do."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from londonnet.apps.workload.errors import WorkloadError
from londonnet.platform.documents.printing import Form, forms, print_done, print_rows
from londonnet.platform.embedded.commands import needs_database

from .allocation import figures_and_reach
from .common import TRUST, at_work, figures_there, places, within_of, workload_group

if TYPE_CHECKING:
    from londonnet.apps.workload.selectors.allocation.moved import Moved


@workload_group.group("allocation")
def allocation_group() -> None:
    """What was moved, and what moves would do."""


@allocation_group.command("history")
@TRUST
@places
@click.option("--limit", type=click.IntRange(1, 10_000), default=1000, show_default=True, help="How many at most.")
@forms
@needs_database
def history(slug: str, form: Form, limit: int, **codes: str | None) -> None:
    """Print what was moved in the last thirty days, the latest first."""
    from londonnet.apps.workload.allocation_json import batch_json
    from londonnet.apps.workload.selectors.allocation.batches import history as read

    with at_work(slug, "workload allocation history"):
        _, scope = figures_and_reach(within_of(codes))
        rows = [batch_json(batch) for batch in read(scope, size=limit).rows]
    print_rows(rows, form)


@allocation_group.command("moved")
@click.argument("batch", type=click.UUID)
@TRUST
@forms
@needs_database
def moved(batch: UUID, slug: str, form: Form) -> None:
    """Print what was moved together as BATCH, and what became of each case."""
    from londonnet.apps.workload.allocation_json import moved_json
    from londonnet.apps.workload.selectors.allocation.moved import batch_of
    from londonnet.platform.access.policy import EVERYTHING

    with at_work(slug, "workload allocation moved"):
        found = batch_of(batch, EVERYTHING, snapshot_id=figures_there().snapshot_id)
    if not found:
        raise WorkloadError("There is no such batch. “allocation history” prints those there are.", "unknown-batch")
    print_rows([moved_json(row) for row in found], form)


@allocation_group.command("let-stand")
@click.argument("number", type=int)
@TRUST
@forms
@needs_database
def let_stand(number: int, slug: str, form: Form) -> None:
    """Let the national record stand in difference NUMBER, as `differences --json` prints it in `id`."""
    from londonnet.apps.caseload.services import let_record_stand
    from londonnet.apps.workload.allocation_json import moved_json

    with at_work(slug, "workload allocation let-stand"):
        _difference(number)
        let_record_stand(allocation_id=number)
        told = moved_json(_difference(number))
    print_done("The national record stands.", told, form)


@allocation_group.command("cases")
@click.argument("om_key")
@click.argument("team_code")
@TRUST
@forms
@needs_database
def cases(om_key: str, team_code: str, slug: str, form: Form) -> None:
    """Print the cases that OM_KEY in TEAM_CODE holds, the highest tier first."""
    from londonnet.apps.workload.allocation_json import case_json
    from londonnet.apps.workload.selectors import place_of
    from londonnet.apps.workload.selectors.allocation.cases import Holding, cases_of
    from londonnet.platform.access.policy import EVERYTHING

    with at_work(slug, "workload allocation cases"):
        if place_of("practitioner", om_key, team_code=team_code) is None:
            raise WorkloadError(f"There is no practitioner {om_key!r} in a team {team_code!r}.", "unknown-code")
        figures, holding = figures_there(), Holding(om_key, team_code)
        found = cases_of(holding, EVERYTHING, snapshot_id=figures.snapshot_id, size=None)
        rows = [case_json(case) for case in found.rows]
    print_rows(rows, form)


@allocation_group.command("reasons")
@TRUST
@forms
@needs_database
def reasons(slug: str, form: Form) -> None:
    """Print the reasons for taking a case from somebody, as `allocate --reason` takes them."""
    from londonnet.apps.workload.selectors.allocation.teams import allocation_reasons

    with at_work(slug, "workload allocation reasons"):
        rows: list[dict[str, Any]] = [{"name": name} for name in allocation_reasons()]
    print_rows(rows, form)


def _difference(number: int) -> "Moved":
    from londonnet.apps.workload.selectors.allocation.moved import move_called

    found = move_called(number, snapshot_id=figures_there().snapshot_id)
    if found is None:
        raise WorkloadError(f"There is no difference {number}. “differences” prints them.", "unknown-number")
    return found
