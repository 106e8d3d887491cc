"""`londonnet workload unallocated`, `allocate`, `undo-allocation` and `differences`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

import click

from londonnet.platform.documents.printing import Form, forms, print_done, print_rows
from londonnet.platform.embedded.commands import needs_database

from .common import TRUST, at_work, figures_there, places, require_known, within_of, workload_group

if TYPE_CHECKING:
    from londonnet.apps.workload.selectors import FiguresInForce, Within
    from londonnet.apps.workload.selectors.allocation.cases import OpenCase
    from londonnet.platform.access.policy import Reach


@workload_group.command("unallocated")
@TRUST
@places
@forms
@needs_database
def unallocated(slug: str, form: Form, **codes: str | None) -> None:
    """Print the cases that nobody has, those that have waited longest first."""
    from londonnet.apps.workload.allocation_json import case_json
    from londonnet.apps.workload.selectors.allocation.cases import unallocated as cases_that_wait

    with at_work(slug, "workload unallocated"):
        figures, scope = figures_and_reach(within_of(codes))
        found = cases_that_wait(scope, snapshot_id=figures.snapshot_id, size=None)
        rows = [case_json(case) for case in found.rows]
    print_rows(rows, form)


@workload_group.command("differences")
@TRUST
@places
@forms
@needs_database
def differences(slug: str, form: Form, **codes: str | None) -> None:
    """Print what was allocated here and isn't in the national record yet; what an extract contradicts comes first."""
    from londonnet.apps.workload.allocation_json import moved_json
    from londonnet.apps.workload.selectors.allocation.moved import differences as read

    with at_work(slug, "workload differences"):
        figures, scope = figures_and_reach(within_of(codes))
        found = read(scope, snapshot_id=figures.snapshot_id, size=None)
        rows = [moved_json(moved) for moved in found.rows]
    print_rows(rows, form)


@workload_group.command("allocate")
@click.argument("crns", nargs=-1, required=True)
@TRUST
@click.option("--to", "om_key", required=True, help="Who gets the cases, by om_key.")
@click.option("--team", "team_code", required=True, help="In which of their teams, by code.")
@click.option("--reason", default="", help="Why, needed where somebody holds a case now.")
@click.option("--notes", default="", help="For whoever gets the cases.")
@forms
@needs_database
def allocate(
    crns: tuple[str, ...], slug: str, om_key: str, team_code: str, reason: str, notes: str, form: Form
) -> None:
    """Give the cases CRNS to a practitioner in a team, all of them or none."""
    from londonnet.apps.caseload.services import Move
    from londonnet.apps.workload.services.allocating import give_cases

    with at_work(slug, "workload allocate"):
        (taker,) = ends_there([(om_key, team_code)])
        held = {case.crn: case.place_id for case in cases_there(crns)}
        moves = [Move(crn, held[crn], taker) for crn in crns]
        batch = give_cases(moves=moves, reason=reason, notes=notes)
    told = {"batch": str(batch), "cases": len(moves)}
    print_done(f"{len(moves)} allocated to {om_key} in {team_code}. Undo: undo-allocation {batch}", told, form)


@workload_group.command("undo-allocation")
@click.argument("batch", type=click.UUID)
@TRUST
@click.option("--case", "crn", default="", help="Only this one of its cases.")
@forms
@needs_database
def undo_allocation(batch: UUID, slug: str, crn: str, form: Form) -> None:
    """Take back what was moved together as BATCH, within 30 days."""
    from londonnet.apps.workload.services.allocating import take_back

    with at_work(slug, "workload undo-allocation"):
        undone = take_back(batch=batch, crn=crn)
    told = {"moved_back": undone.moved_back, "left": list(undone.left)}
    print_done(f"{undone.moved_back} went back, {len(undone.left)} had moved on and stayed.", told, form)


def figures_and_reach(within: "Within") -> "tuple[FiguresInForce, Reach]":
    """The figures in force, and what lies in a place.

    Raises:
        WorkloadError: there is no such place, or no extract has been loaded.
    """
    from londonnet.apps.workload.selectors import place_of
    from londonnet.apps.workload.selectors.allocation.scope import reach_within
    from londonnet.platform.access.policy import EVERYTHING

    require_known(within)
    place = place_of(within.level, within.code)
    return figures_there(), EVERYTHING if place is None else reach_within(place)


def cases_there(crns: Sequence[str]) -> "tuple[OpenCase, ...]":
    """These cases, wherever in the trust they are.

    Raises:
        AllocationRefused: the extract doesn't name one of them.
    """
    from londonnet.apps.caseload.errors import AllocationRefused
    from londonnet.apps.workload.selectors.allocation.cases import cases_called
    from londonnet.platform.access.policy import EVERYTHING

    found = cases_called(crns, EVERYTHING, snapshot_id=figures_there().snapshot_id)
    unknown = sorted(set(crns) - {case.crn for case in found})
    if unknown:
        raise AllocationRefused(f"The national extract doesn't name {', '.join(unknown)}.", "unknown-code")
    return found


def ends_there(named: Sequence[tuple[str, str]]) -> list[int]:
    """The numbers of practitioners-in-team, each named by om_key and code of the team.

    Raises:
        AllocationRefused: there is one that isn't.
    """
    from londonnet.apps.caseload.errors import AllocationRefused
    from londonnet.apps.workload.selectors.allocation.cases import Holding
    from londonnet.apps.workload.selectors.allocation.ends import ends_called

    wanted = [Holding(om_key, team_code) for om_key, team_code in named]
    found = ends_called(wanted)
    for one in wanted:
        if one not in found:
            message = f"The national extract doesn't name {one.om_key} in team {one.team_code}."
            raise AllocationRefused(message, "unknown-code")
    return [found[one].place_id for one in wanted]
