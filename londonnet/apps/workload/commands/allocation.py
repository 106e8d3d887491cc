"""`londonnet workload unallocated`, `allocate`, `undo-allocation` and `differences`."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import click

from londonnet.platform.embedded.commands import needs_database

from .common import JSON, TRUST, at_work, require_known, within_of, workload_group

if TYPE_CHECKING:
    from londonnet.apps.workload.selectors import FiguresInForce, Within
    from londonnet.platform.access.policy import Reach

Call = TypeVar("Call", bound=Callable[..., Any])


def _places(command: Call) -> Call:
    for name, said in (("team", "team"), ("pdu", "PDU"), ("region", "region")):
        command = click.option(f"--{name}", help=f"Only this {said}, by code.")(command)
    return command


@workload_group.command("unallocated")
@TRUST
@_places
@JSON
@needs_database
def unallocated(slug: str, as_json: bool, **codes: str | None) -> None:
    """Print the cases that nobody has, those that have waited longest first."""
    from londonnet.apps.workload.allocation_json import case_json
    from londonnet.apps.workload.selectors.allocation.cases import unallocated as cases_that_wait

    with at_work(slug, "workload unallocated"):
        figures, scope = _read(within_of(codes))
        found = cases_that_wait(scope, snapshot_id=figures.snapshot_id, size=None)
        rows = [case_json(case) for case in found.rows]
    _print(rows, as_json, lambda row: (row["crn"], row["tier"], row["location"], row["held_by"]["team_code"]))


@workload_group.command("differences")
@TRUST
@_places
@JSON
@needs_database
def differences(slug: str, as_json: bool, **codes: str | None) -> None:
    """Print what was allocated here and isn't in the national record yet, the oldest first."""
    from londonnet.apps.workload.allocation_json import moved_json
    from londonnet.apps.workload.selectors.allocation.moved import differences as read

    with at_work(slug, "workload differences"):
        figures, scope = _read(within_of(codes))
        found = read(scope, snapshot_id=figures.snapshot_id, datestamp=figures.datestamp)
        rows = [moved_json(moved) for moved in found]
    _print(rows, as_json, lambda row: (row["crn"], row["taker"]["name"], row["record"] or "", row["batch"]))


@workload_group.command("allocate")
@click.argument("crns", nargs=-1, required=True)
@TRUST
@click.option("--to", "om_key", required=True, help="Who gets the cases, by om_key.")
@click.option("--team", "team_code", required=True, help="In which of their teams, by code.")
@click.option("--reason", default="", help="Why, needed where somebody holds a case now.")
@click.option("--notes", default="", help="For whoever gets the cases.")
@JSON
@needs_database
def allocate(
    crns: tuple[str, ...], slug: str, om_key: str, team_code: str, reason: str, notes: str, as_json: bool
) -> None:
    """Give the cases CRNS to a practitioner in a team, all of them or none."""
    from londonnet.apps.caseload.errors import AllocationRefused
    from londonnet.apps.caseload.services import Move
    from londonnet.apps.workload.selectors import EVERYWHERE
    from londonnet.apps.workload.selectors.allocation.cases import Holding, cases_called
    from londonnet.apps.workload.selectors.allocation.ends import ends_called
    from londonnet.apps.workload.services.allocating import give_cases

    with at_work(slug, "workload allocate"):
        figures, scope = _read(EVERYWHERE)
        taker = ends_called([Holding(om_key, team_code)]).get(Holding(om_key, team_code))
        held = {case.crn: case.place_id for case in cases_called(crns, scope, snapshot_id=figures.snapshot_id)}
        if taker is None or set(crns) - set(held):
            unknown = ", ".join(sorted(set(crns) - set(held))) or f"{om_key} in team {team_code}"
            raise AllocationRefused(f"The national extract doesn't name {unknown}.", "unknown-code")
        moves = [Move(crn, held[crn], taker.place_id) for crn in crns]
        batch = give_cases(moves=moves, reason=reason, notes=notes)
    click.echo(f"{len(moves)} allocated to {om_key} in {team_code}. Undo: undo-allocation {batch}", err=True)
    if as_json:
        click.echo(json.dumps({"batch": str(batch), "cases": len(moves)}))


@workload_group.command("undo-allocation")
@click.argument("batch", type=click.UUID)
@TRUST
@JSON
@needs_database
def undo_allocation(batch: UUID, slug: str, as_json: bool) -> None:
    """Take back what was moved together as BATCH, within 30 days."""
    from londonnet.apps.workload.services.allocating import take_back

    with at_work(slug, "workload undo-allocation"):
        undone = take_back(batch=batch)
    click.echo(f"{undone.moved_back} went back, {len(undone.left)} had moved on and stayed.", err=True)
    if as_json:
        click.echo(json.dumps({"moved_back": undone.moved_back, "left": list(undone.left)}))


def _read(within: "Within") -> "tuple[FiguresInForce, Reach]":
    """The figures in force, and what lies in a place.

    Raises:
        WorkloadError: there is no such place, or no extract has been loaded.
    """
    from londonnet.apps.workload.errors import WorkloadError
    from londonnet.apps.workload.selectors import figures_in_force, place_of
    from londonnet.apps.workload.selectors.allocation.scope import reach_within

    require_known(within)
    figures, place = figures_in_force(), place_of(within.level, within.code)
    if figures is None or place is None:
        raise WorkloadError("No national extract has been loaded yet.", "no-extract")
    return figures, reach_within(place)


def _print(rows: list[dict[str, Any]], as_json: bool, columns: Callable[[dict[str, Any]], tuple[str, ...]]) -> None:
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo("\t".join(columns(row)))
