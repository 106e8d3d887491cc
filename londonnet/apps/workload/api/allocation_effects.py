"""What giving cases away would do, for programs: nothing here changes anything."""

from collections.abc import Collection, Sequence
from typing import Any

from django.http import HttpRequest

from londonnet.apps.workload import selectors
from londonnet.apps.workload.allocation_json import candidate_json, case_json, part_json
from londonnet.apps.workload.choosing.board import board_of
from londonnet.apps.workload.choosing.choice import Choice
from londonnet.apps.workload.choosing.given_moves import concerned
from londonnet.apps.workload.choosing.offer import Offer, Wanted, read_offer
from londonnet.apps.workload.choosing.spread_board import spread_board, with_proposal
from londonnet.apps.workload.selectors import FiguresInForce
from londonnet.apps.workload.selectors.allocation.candidates import candidates
from londonnet.apps.workload.selectors.allocation.cases import OpenCase, cases_called
from londonnet.apps.workload.selectors.allocation.ends import ends_called
from londonnet.apps.workload.selectors.allocation.scope import NOWHERE
from londonnet.apps.workload.services.allocating import ALLOCATE
from londonnet.apps.workload.within_reach import require_both_ends
from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.api.guard import caller
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.audit import consulted
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .allocating import holding
from .allocation_effect_schemas import (
    Candidates,
    CandidatesAsked,
    MovesTried,
    SpreadAsked,
    SpreadProposed,
    WhatMovesDo,
)
from .allocation_schemas import InTeam
from .asked import as_at_json, figures_for

router = ApiRouter()


@router.read("/allocation/candidates", method="POST", permission=ALLOCATE, answer=Candidates)
def allocation_candidates(request: HttpRequest, asked: CandidatesAsked) -> dict[str, Any]:
    """Who could get some cases.

    Everybody who could get all of them, with the effect on each. Nothing is changed; it is a POST since no address
    names a case.
    """
    with snapshot():
        figures = figures_for(None)
        offer = _offer(caller(request), Wanted(asked.crns, among=asked.among), figures)
        board = board_of(offer, Choice(dict.fromkeys(asked.crns, 0)))
    return {
        **_cases(asked.crns, offer.cases, figures),
        "gained": board.gained,
        "items": [candidate_json(line.who, line.effect) for line in board.people],
    }


@router.read("/allocation/effect", method="POST", permission=ALLOCATE, answer=WhatMovesDo)
def effect_of_moves(request: HttpRequest, asked: MovesTried) -> dict[str, Any]:
    """What given moves would do.

    Everybody who would give or get a case, now and after all of the moves together, before they are made. Nothing is
    changed.
    """
    user = caller(request)
    crns = [move.crn for move in asked.moves]
    takers = _numbers(user, [move.to for move in asked.moves])
    with snapshot():
        figures = figures_for(None)
        found = cases_called(crns, policy.reach(user, ALLOCATE), snapshot_id=figures.snapshot_id)
        if not found:
            raise NotAllowed
        to = {move.crn: number for move, number in zip(asked.moves, takers, strict=True)}
        moving = [(case, to[case.crn]) for case in found]
        numbers = {number for case, taker in moving for number in (case.place_id, taker)}
        people = candidates(NOWHERE, figures=figures, also=numbers)
        weights = selectors.weights_of(figures.weights_version)
    items = [candidate_json(one.who, one.effect) for one in concerned(moving, people, weights)]
    return {**_cases(crns, found, figures), "items": items}


@router.read("/allocation/spread", method="POST", permission=ALLOCATE, answer=SpreadProposed)
def spread_cases(request: HttpRequest, asked: SpreadAsked) -> dict[str, Any]:
    """How cases could be spread over several.

    The heaviest case first, each to whoever then has the lowest capacity with it, up to a limit if one is set; and what
    that does to everybody concerned. Nothing is changed: its moves can be changed, tried and sent.
    """
    user = caller(request)
    targets = tuple(_numbers(user, asked.targets))
    with snapshot():
        figures = figures_for(None)
        offer = _offer(user, Wanted(asked.crns, chosen=targets), figures)
    choice = with_proposal(offer, Choice(dict.fromkeys(asked.crns, 0), targets=targets), asked.fill_to_percent)
    board = spread_board(offer, choice)
    return {
        **_cases(asked.crns, offer.cases, figures),
        "moves": [part_json(part.line.case, part.taker) for part in board.parts],
        "targets": [candidate_json(line.who, line.effect) for line in board.chosen],
        "givers": [candidate_json(line.who, line.effect) for line in board.givers],
    }


def _offer(user: User, wanted: Wanted, figures: FiguresInForce) -> Offer:
    """What a choice is made from.

    Raises:
        NotAllowed: none of the cases is within reach; of one that there isn't no more is told.
    """
    offer = read_offer(wanted, policy.reach(user, ALLOCATE), figures)
    if not offer.cases:
        raise NotAllowed
    return offer


def _numbers(user: User, named: Sequence[InTeam]) -> list[int]:
    """Of each of these practitioners-in-team the number. One query.

    Raises:
        NotAllowed: there is one that isn't, or isn't within reach.
    """
    found = ends_called([holding(end) for end in named])
    try:
        ends = [found[holding(end)] for end in named]
    except KeyError:
        raise NotAllowed from None
    require_both_ends(user, [end.place for end in ends])
    return [end.place_id for end in ends]


def _cases(crns: Collection[str], found: Sequence[OpenCase], figures: FiguresInForce) -> dict[str, Any]:
    """The cases as they stand, and those of which nothing may be told; that they were looked at is in the trail."""
    consulted("caselist", "allocation", about=found[0].crn if len(found) == 1 else "")
    return {
        "as_at": as_at_json(figures),
        "cases": [case_json(case) for case in found],
        "gone": sorted(set(crns) - {case.crn for case in found}),
    }
