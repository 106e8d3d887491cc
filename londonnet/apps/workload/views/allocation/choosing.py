"""Choosing who gets the cases that were ticked: the effect on everybody is on the page, and one button does it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from londonnet.apps.caseload.errors import AllocationRefused, CaseMoved
from londonnet.apps.caseload.services.allocations import MOST_NOTES
from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.choosing.board import Board, board_of
from londonnet.apps.workload.choosing.choice import Choice
from londonnet.apps.workload.choosing.offer import Offer, Wanted, read_offer
from londonnet.apps.workload.choosing.shown import ORDERS, people_shown
from londonnet.apps.workload.selectors import FiguresInForce
from londonnet.apps.workload.selectors.allocation.cases import Holding
from londonnet.apps.workload.services.allocating import ALLOCATE
from londonnet.platform.access import policy, requires
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot
from londonnet.platform.ui.templates import render_fragment

from ..answering import Why, empty, person
from .asked import action_of, choice_of
from .chosen import back_to, keep, kept, ticked
from .giving import Given, give, put_back
from .looked import looked_at
from .scope import reach_of, topics_of_reach
from .words import Problems, moved_words

_ONE_THAT_MOVED: Final = "The case isn’t chosen any more. See who has it now, and go on if it is still to move."
_TEMPLATE = "workload/allocation/choose.html"


@require_POST
@requires(ALLOCATE)
def pick(request: HttpRequest) -> HttpResponseRedirect:
    """Keep the cases that were ticked in a list, and go on to choosing who gets them."""
    crns = ticked(request)
    if crns:
        looked_at(request, "allocation", about=crns[0] if len(crns) == 1 else "")
        return redirect(addresses.allocation_choice(keep(request, crns)))
    messages.error(request, "Tick at least one case, then choose who gets it.")
    return redirect(back_to(request, addresses.ALLOCATION))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ALLOCATE)
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """Who gets these cases: the page, its changing part while one chooses, and doing it."""
    crns = kept(request, key)
    choice = choice_of(request, crns)
    return _choosing(request, choice, Wanted(crns, None, choice.among, (choice.to,)))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ALLOCATE)
def reallocate(request: HttpRequest, om_key: str, team_code: str) -> HttpResponse:
    """The same for somebody's caseload: some of their cases, or all."""
    holding, choice = Holding(om_key, team_code), choice_of(request)
    return _choosing(request, choice, Wanted(tuple(choice.held_by), holding, choice.among, (choice.to,)))


def _choosing(request: HttpRequest, choice: Choice, wanted: Wanted) -> HttpResponse:
    offer = offer_of(request, wanted)
    if offer is None:
        return empty(request, Why.NO_EXTRACT)
    action = action_of(request)
    if action in ("all", "none"):
        every = {case.crn: case.place_id for case in offer.cases}
        choice = replace(choice, held_by=every if action == "all" else {})
    board = board_of(offer, choice)
    if action == "spread" and board.ticked:
        return redirect(addresses.allocation_spread(keep(request, [case.crn for case in board.ticked])))
    if action in ("allocate", "put-back"):
        return _do(request, choice, board, wanted, action)
    if "HX-Request" in request.headers:
        return render_fragment(request, _TEMPLATE, "board", _context(request, choice, board, wanted, []))
    if wanted.holding and request.method == "GET":
        looked_at(request, f"practitioner:{wanted.holding.om_key}:{wanted.holding.team_code}")
    return _page(request, choice, board, wanted, _nothing_to_spread(action))


def offer_of(request: HttpRequest, wanted: Wanted) -> Offer | None:
    """What can be chosen from, read at one moment; None while no extract has been loaded.

    Raises:
        NotAllowed: none of the cases is or was within reach.
    """
    with snapshot():
        figures: FiguresInForce | None = selectors.figures_in_force()
        offer = read_offer(wanted, reach_of(request), figures) if figures else None
    if offer is not None and wanted.crns and not offer.is_known:
        raise NotAllowed
    if offer is not None and wanted.holding and not offer.cases:
        _require_place(request, wanted.holding)
    return offer


def _require_place(request: HttpRequest, holding: Holding) -> None:
    """Of somebody without cases only those learn that who may allocate in their team."""
    place = selectors.place_of("practitioner", holding.om_key, team_code=holding.team_code)
    if place is None:
        raise NotAllowed
    policy.require(person(request), ALLOCATE, place)


def _do(request: HttpRequest, choice: Choice, board: Board, wanted: Wanted, action: str) -> HttpResponse:
    if moved := _moved(choice, board):
        problems = [("cases", moved_words(moved, any_left=bool(board.ticked)))]
        return _page(request, choice, board, wanted, problems, status=409)
    problems = _problems(choice, board, wanted, needs_taker=action == "allocate")
    if problems:
        return _page(request, choice, board, wanted, problems)
    try:
        done = _done(request, choice, board, action)
    except CaseMoved as quicker:
        # Somebody was quicker between the reading and the doing: what is read now says who.
        offer = offer_of(request, wanted)
        now = board_of(offer, choice) if offer else board
        problems = [("cases", moved_words(quicker.crns, any_left=bool(now.ticked)))]
        return _page(request, choice, now, wanted, problems, status=409)
    except AllocationRefused as refused:
        field = "reason" if refused.code == "reason-needed" else "to"
        return _page(request, choice, board, wanted, [(field, refused.message)])
    messages.success(request, done.words)
    return redirect(addresses.allocation_batch(done.batch))


def _done(request: HttpRequest, choice: Choice, board: Board, action: str) -> Given:
    if action == "put-back" or board.taker is None:
        return put_back(person(request), board.ticked, reason=choice.reason, notes=choice.notes)
    return give(person(request), board.ticked, board.taker, reason=choice.reason, notes=choice.notes)


def _problems(choice: Choice, board: Board, wanted: Wanted, *, needs_taker: bool) -> Problems:
    found: Problems = []
    has_boxes = wanted.holding is not None or len(board.lines) != 1
    if not board.ticked:
        found.append(("cases", "Tick at least one case." if has_boxes else _ONE_THAT_MOVED))
    if needs_taker and board.taker is None:
        found.append(("to", "Choose who gets the case." if len(board.ticked) == 1 else "Choose who gets the cases."))
    return found + reason_problems(choice, board.offer.reasons, needs_reason=board.needs_reason)


def reason_problems(choice: Choice, reasons: Sequence[str], *, needs_reason: bool) -> Problems:
    """What is wrong with the reason and the notes."""
    found: Problems = []
    if needs_reason and choice.reason not in reasons:
        found.append(("reason", "Choose why the case moves."))
    if len(choice.notes) > MOST_NOTES:
        found.append(("notes", f"Notes can have {MOST_NOTES:,} characters at most."))
    return found


def _nothing_to_spread(action: str) -> Problems:
    return [("cases", "Tick the cases that are to be spread.")] if action == "spread" else []


def _moved(choice: Choice, board: Board) -> list[str]:
    """Cases that were ticked, and aren't with whom they were."""
    return [line.key for line in board.lines if line.moved] + [crn for crn in board.gone if crn in choice.held_by]


def _page(
    request: HttpRequest, choice: Choice, board: Board, wanted: Wanted, problems: Problems, status: int = 200
) -> HttpResponse:
    return render(request, _TEMPLATE, _context(request, choice, board, wanted, problems), status=status)


def _context(request: HttpRequest, choice: Choice, board: Board, wanted: Wanted, problems: Problems) -> dict[str, Any]:
    return {
        "board": board,
        "people": people_shown(board.people, choice),
        "orders": ORDERS,
        "offer": board.offer,
        "choice": choice,
        "is_caseload": wanted.holding is not None,
        "problems": problems,
        "wrong": dict(problems),
        "topics": topics_of_reach(reach_of(request)),
        "most_notes": MOST_NOTES,
    }
