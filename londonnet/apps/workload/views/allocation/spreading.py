"""Spreading cases over several people: a proposal, changed case by case, with the effect on each; done as one batch."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from londonnet.apps.caseload.errors import AllocationRefused, CaseMoved
from londonnet.apps.caseload.services import Move
from londonnet.apps.caseload.services.allocations import MOST_NOTES
from londonnet.apps.workload import addresses
from londonnet.apps.workload.choosing.choice import Choice
from londonnet.apps.workload.choosing.offer import Wanted
from londonnet.apps.workload.choosing.shown import ORDERS, people_shown
from londonnet.apps.workload.choosing.spread_board import SpreadBoard, spread_board, with_proposal
from londonnet.apps.workload.services.allocating import ALLOCATE, give_cases
from londonnet.apps.workload.within_reach import require_both_ends
from londonnet.platform.access import requires
from londonnet.platform.ui.templates import render_fragment

from ..answering import Why, empty, person
from .asked import action_of, choice_of
from .choosing import offer_of, reason_problems
from .chosen import kept
from .giving import reason_for
from .scope import reach_of, topics_of_reach
from .words import Problems, moved_words, spread_words

_TEMPLATE = "workload/allocation/spread.html"
_PROPOSING = ("target", "fill")
"""Fields after whose change a spread is proposed anew."""
_MOST_PERCENT = 999


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ALLOCATE)
def spread(request: HttpRequest, key: str) -> HttpResponse:
    """Who gets which of these cases: choose the people, follow or change the proposal, and do it."""
    crns = kept(request, key)
    choice = choice_of(request, crns)
    wanted = Wanted(crns, None, choice.among, choice.targets)
    offer = offer_of(request, wanted)
    if offer is None:
        return empty(request, Why.NO_EXTRACT)
    fill_to, problems = _fill_to(choice)
    if _proposes(request) and not problems:
        choice = with_proposal(offer, choice, fill_to)
    board = spread_board(offer, choice)
    if action_of(request) == "allocate":
        return _do(request, choice, board, wanted)
    if "HX-Request" in request.headers:
        return render_fragment(request, _TEMPLATE, "board", _context(request, choice, board, problems))
    return render(request, _TEMPLATE, _context(request, choice, board, problems))


def _proposes(request: HttpRequest) -> bool:
    changed = request.headers.get("HX-Trigger-Name", "")
    return request.method == "POST" and (action_of(request) == "propose" or changed in _PROPOSING)


def _fill_to(choice: Choice) -> tuple[int | None, Problems]:
    if not choice.fill_to:
        return None, []
    if choice.fill_to.isascii() and choice.fill_to.isdigit() and int(choice.fill_to) <= _MOST_PERCENT:
        return int(choice.fill_to), []
    return None, [("fill", "Enter a whole percentage, such as 110, or nothing.")]


def _do(request: HttpRequest, choice: Choice, board: SpreadBoard, wanted: Wanted) -> HttpResponse:
    moved = [part.key for part in board.parts if part.line.moved] + [*board.offer.gone]
    if moved:
        return _moved(request, choice, board, moved)
    problems = _problems(choice, board)
    if problems:
        return render(request, _TEMPLATE, _context(request, choice, board, problems))
    going = [(part.line.case, part.taker) for part in board.going if part.taker is not None]
    require_both_ends(person(request), [place for case, taker in going for place in (case.place, taker.place)])
    moves = [Move(case.crn, case.place_id, taker.place_id) for case, taker in going]
    reason = reason_for([case for case, _ in going], choice.reason)
    try:
        batch = give_cases(moves=moves, reason=reason, notes=choice.notes)
    except CaseMoved as quicker:
        offer = offer_of(request, wanted)
        return _moved(request, choice, spread_board(offer, choice) if offer else board, list(quicker.crns))
    except AllocationRefused as refused:
        return render(request, _TEMPLATE, _context(request, choice, board, [("parts", refused.message)]))
    messages.success(request, spread_words(len(moves), len({taker.place_id for _, taker in going})))
    return redirect(addresses.allocation_batch(batch))


def _moved(request: HttpRequest, choice: Choice, board: SpreadBoard, moved: list[str]) -> HttpResponse:
    problems = [("parts", moved_words(moved, any_left=bool(board.going)))]
    return render(request, _TEMPLATE, _context(request, choice, board, problems), status=409)


def _problems(choice: Choice, board: SpreadBoard) -> Problems:
    found: Problems = []
    if not board.chosen:
        found.append(("people", "Choose at least one person."))
    elif not board.going:
        found.append(("parts", "Say who gets at least one of the cases."))
    return found + reason_problems(choice, board.offer.reasons, needs_reason=board.needs_reason)


def _context(request: HttpRequest, choice: Choice, board: SpreadBoard, problems: Problems) -> dict[str, Any]:
    return {
        "board": board,
        "people": people_shown(board.people, choice),
        "orders": ORDERS,
        "offer": board.offer,
        "choice": choice,
        "problems": problems,
        "wrong": dict(problems),
        "topics": topics_of_reach(reach_of(request)),
        "most_notes": MOST_NOTES,
    }
