"""Choosing who gets the cases that were ticked: the effect on everybody is on the page, and one button does it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from londonnet.apps.caseload.errors import AllocationRefused, CaseMoved
from londonnet.apps.caseload.services import Move
from londonnet.apps.caseload.services.allocations import MOST_NOTES
from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.services.allocating import ALLOCATE, give_cases
from londonnet.platform.access import policy, requires
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot
from londonnet.platform.ui.templates import render_fragment

from ..answering import Why, empty, person
from .asked import Choice, choice_of
from .board import Board, read_board
from .chosen import keep, kept, ticked
from .looked import looked_at
from .scope import reach_of, topics_of_reach
from .words import done_words

Problems = list[tuple[str, str]]
"""What is wrong: the id of the field, and the words."""
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
    back = request.POST.get("back", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else addresses.ALLOCATION)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ALLOCATE)
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """Who gets these cases: the page, its changing part while one chooses, and doing it."""
    crns = kept(request, key)
    choice = choice_of(request, crns)
    board = _board(request, crns, choice)
    if board is None:
        return empty(request, Why.NO_EXTRACT)
    if request.POST.get("action") == "allocate":
        return _allocate(request, crns, choice, board)
    if "HX-Request" in request.headers:
        return render_fragment(request, _TEMPLATE, "board", _context(request, choice, board, []))
    return _page(request, choice, board, [])


def _board(request: HttpRequest, crns: list[str], choice: Choice) -> Board | None:
    """What is shown, from one moment.

    Raises:
        NotAllowed: none of the cases is or was within reach.
    """
    with snapshot():
        figures = selectors.figures_in_force()
        board = read_board(crns, choice, reach_of(request), figures) if figures else None
    if board is not None and not board.lines and not any("gave it to" in words for words in board.gone.values()):
        raise NotAllowed
    return board


def _allocate(request: HttpRequest, crns: list[str], choice: Choice, board: Board) -> HttpResponse:
    problems = _problems(choice, board)
    if _moved(choice, board):
        return _page(request, choice, board, [("cases", _moved_words(choice, board))], status=409)
    if problems or board.taker is None:
        return _page(request, choice, board, problems)
    taker = board.taker.who
    for place in {case.place for case in board.ticked} | {taker.place}:
        policy.require(person(request), ALLOCATE, place)
    moves = [Move(case.crn, case.place_id, taker.place_id) for case in board.ticked]
    try:
        batch = give_cases(moves=moves, reason=choice.reason if board.needs_reason else "", notes=choice.notes)
    except CaseMoved:
        # Somebody was quicker between the reading and the doing: what is read now says who.
        now = _board(request, crns, choice)
        assert now is not None  # noqa: S101  # an extract in force stays in force
        return _page(request, choice, now, [("cases", _moved_words(choice, now))], status=409)
    except AllocationRefused as refused:
        return _page(request, choice, board, [("reason" if refused.code == "reason-needed" else "to", refused.message)])
    messages.success(request, done_words(len(moves), board.taker))
    return redirect(addresses.allocation_batch(batch))


def _problems(choice: Choice, board: Board) -> Problems:
    found: Problems = []
    if not board.ticked:
        found.append(("cases", "Tick at least one case."))
    if board.taker is None:
        found.append(("to", "Choose who gets the case." if len(board.ticked) == 1 else "Choose who gets the cases."))
    if board.needs_reason and choice.reason not in board.reasons:
        found.append(("reason", "Choose why the case moves."))
    if len(choice.notes) > MOST_NOTES:
        found.append(("notes", f"Notes can have {MOST_NOTES:,} characters at most."))
    return found


def _moved(choice: Choice, board: Board) -> list[str]:
    """Cases that were ticked, and aren't with whom they were."""
    return [line.key for line in board.lines if line.moved] + [crn for crn in board.gone if crn in choice.held_by]


def _moved_words(choice: Choice, board: Board) -> str:
    gone = _moved(choice, board)
    which = f"Case {gone[0]} was" if len(gone) == 1 else f"{len(gone)} of the cases were"
    rest = "Nothing was changed. " + ("Go on with the others, or choose anew." if board.ticked else "")
    return f"{which} moved by somebody else while you chose. {rest}".strip()


def _page(request: HttpRequest, choice: Choice, board: Board, problems: Problems, status: int = 200) -> HttpResponse:
    return render(request, _TEMPLATE, _context(request, choice, board, problems), status=status)


def _context(request: HttpRequest, choice: Choice, board: Board, problems: Problems) -> dict[str, Any]:
    return {
        "board": board,
        "choice": choice,
        "problems": problems,
        "wrong": dict(problems),
        "topics": topics_of_reach(reach_of(request)),
        "most_notes": MOST_NOTES,
    }
