"""`londonnet workload allocation candidates|try|spread|put-back`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from londonnet.platform.documents.printing import Form, forms, print_done, print_one, print_rows
from londonnet.platform.embedded.commands import needs_database

from .allocation import cases_there, ends_there
from .allocation_lists import allocation_group
from .common import TRUST, at_work, figures_there

if TYPE_CHECKING:
    from londonnet.apps.workload.choosing.offer import Offer

_CRNS = click.argument("crns", nargs=-1, required=True)


@allocation_group.command("candidates")
@_CRNS
@TRUST
@click.option("--among", default="", help="Of this part: team:CODE or pdu:CODE; the cases' own team if not given.")
@forms
@needs_database
def candidates(crns: tuple[str, ...], slug: str, among: str, form: Form) -> None:
    """Print everybody who could get the cases CRNS, who has most room first, with the effect on each."""
    from londonnet.apps.workload.allocation_json import candidate_json
    from londonnet.apps.workload.choosing.board import board_of
    from londonnet.apps.workload.choosing.choice import Choice

    with at_work(slug, "workload allocation candidates"):
        board = board_of(_offer(crns, among), Choice(dict.fromkeys(crns, 0)))
    print_rows([candidate_json(line.who, line.effect) for line in board.people], form)


@allocation_group.command("try")
@_CRNS
@TRUST
@click.option("--to", "om_key", required=True, help="Who would get the cases, by om_key.")
@click.option("--team", "team_code", required=True, help="In which of their teams, by code.")
@forms
@needs_database
def try_moves(crns: tuple[str, ...], slug: str, om_key: str, team_code: str, form: Form) -> None:
    """Print what giving the cases CRNS to somebody would do to everybody concerned. Nothing is changed."""
    from londonnet.apps.workload import selectors
    from londonnet.apps.workload.allocation_json import candidate_json
    from londonnet.apps.workload.choosing.given_moves import concerned
    from londonnet.apps.workload.selectors.allocation.candidates import candidates as read
    from londonnet.apps.workload.selectors.allocation.scope import NOWHERE

    with at_work(slug, "workload allocation try"):
        figures = figures_there()
        (taker,) = ends_there([(om_key, team_code)])
        moving = [(case, taker) for case in cases_there(crns)]
        numbers = {taker, *(case.place_id for case, _ in moving)}
        people = read(NOWHERE, figures=figures, also=numbers)
        found = concerned(moving, people, selectors.weights_of(figures.weights_version))
    print_rows([candidate_json(one.who, one.effect) for one in found], form)


@allocation_group.command("spread")
@_CRNS
@TRUST
@click.option("--over", multiple=True, required=True, help="Over whom, as OM_KEY/TEAM_CODE; to be repeated.")
@click.option("--fill-to", type=click.IntRange(0, 999), help="Nobody above this capacity, in percent.")
@forms
@needs_database
def spread(crns: tuple[str, ...], slug: str, over: tuple[str, ...], fill_to: int | None, form: Form) -> None:
    """Print how the cases CRNS could be spread over several people. Nothing is changed."""
    from londonnet.apps.workload.allocation_json import candidate_json, part_json
    from londonnet.apps.workload.choosing.choice import Choice
    from londonnet.apps.workload.choosing.spread_board import spread_board, with_proposal

    named = [(om_key, team) for om_key, _, team in (one.partition("/") for one in over)]
    with at_work(slug, "workload allocation spread"):
        targets = tuple(ends_there(named))
        offer = _offer(crns, "", targets)
        board = spread_board(offer, with_proposal(offer, Choice(dict.fromkeys(crns, 0), targets=targets), fill_to))
    moves = [part_json(part.line.case, part.taker) for part in board.parts]
    told = {
        "moves": moves,
        "targets": [candidate_json(line.who, line.effect) for line in board.chosen],
        "givers": [candidate_json(line.who, line.effect) for line in board.givers],
    }
    print_one(told, form, rows=moves)


@allocation_group.command("put-back")
@_CRNS
@TRUST
@click.option("--reason", required=True, help="Why; “allocation reasons” prints what there is.")
@click.option("--notes", default="", help="What whoever allocates them next should know.")
@forms
@needs_database
def put_back(crns: tuple[str, ...], slug: str, reason: str, notes: str, form: Form) -> None:
    """Put the cases CRNS back for allocation, all of them or none."""
    from londonnet.apps.workload.choosing.putting_back import moves_back
    from londonnet.apps.workload.services.allocating import give_cases
    from londonnet.platform.access.policy import EVERYTHING

    with at_work(slug, "workload allocation put-back"):
        moves = moves_back([case for case in cases_there(crns) if not case.waits], EVERYTHING)
        batch = give_cases(moves=moves, reason=reason, notes=notes)
    told = {"batch": str(batch), "cases": len(moves)}
    print_done(f"{len(moves)} put back. Undo: undo-allocation {batch}", told, form)


def _offer(crns: Sequence[str], among: str, targets: Sequence[int] = ()) -> "Offer":
    """What a choice is made from, in the whole trust.

    Raises:
        AllocationRefused: the extract doesn't name one of the cases.
    """
    from londonnet.apps.workload.choosing.offer import Wanted, read_offer
    from londonnet.platform.access.policy import EVERYTHING

    cases_there(crns)
    return read_offer(Wanted(crns, among=among, chosen=targets), EVERYTHING, figures_there())
