"""What a move of cases would do, read from the figures and counts in force; nothing is written."""

from collections.abc import Collection, Iterable

from londonnet.apps.caseload.counting import keys_of
from londonnet.apps.caseload.selectors import held_cases, held_counts
from londonnet.apps.workload.models import Figure
from londonnet.apps.workload.moves import NO_CHANGE, Change, Effect, changes
from londonnet.apps.workload.weights import WeightSet

from .rows import FiguresInForce


def effects_of(
    moves: Iterable[tuple[str, int]], *, figures: FiguresInForce, weights: WeightSet, also: Collection[int] = ()
) -> dict[int, Effect]:
    """The workload of everybody concerned, now and after these moves, by number. Three queries.

    Args:
        moves: CRNs and the practitioners-in-team who are to get them.
        figures: the run that readers see.
        weights: those that it was made with.
        also: further practitioners-in-team to answer for, whom the moves leave as they are.
    """
    wanted = list(moves)
    held = held_cases(figures.snapshot_id, (crn for crn, _ in wanted))
    moving = [held[crn].to(place_id) for crn, place_id in wanted if crn in held]
    changed = changes(moving, held_counts(figures.snapshot_id, keys_of(moving)), weights) if moving else {}
    concerned = {place for case in moving for place in (case.place_id, case.to_place_id)} | set(also)
    rows = Figure.objects.filter(run_id=figures.run_id, place_id__in=concerned)
    return {
        place_id: _effect(place_id, points, cases, available, changed.get(place_id, NO_CHANGE))
        for place_id, points, cases, available in rows.values_list("place_id", "points_total", "cases", "available")
    }


def _effect(place_id: int, points: int, cases: int, available: int, change: Change) -> Effect:
    return Effect(place_id, points, points + change.points, cases, cases + change.cases, available)
