"""The demo service's cases: how many each post holds, and which."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from .service import FULL_TIME_HOURS, Case, Post

_LETTERS: Final = "abcd"
# Shares of tiers A, B, C, D in each grade's caseload, and about how many points a case of theirs is then worth.
_TIER_SHARES: Final = {
    "PO": (30, 52, 14, 4),
    "TPO": (8, 60, 26, 6),
    "PSO": (0, 26, 50, 24),
    "SPO": (20, 50, 25, 5),
    "DMY": (10, 40, 35, 15),
}
_POINTS_A_CASE: Final = {"PO": 107.0, "TPO": 90.0, "PSO": 62.0, "SPO": 97.0, "DMY": 80.0}
_TARGET_POINTS: Final = 2176
_LEVEL_SHARES: Final = (36, 36, 22, 6)
_LOCATIONS: Final = ("community", "custody", "licence")
_LOCATION_SHARES: Final = {"field": (61, 9, 30), "omic": (0, 100, 0), "court": (100, 0, 0)}
_DISPOSALS: Final = ("307", "329", "332")
_LOWEST_SUSPENDED_TIER: Final = 17


def made_cases(posts: Sequence[Post], number: int, crns: Iterator[str], random: Random) -> list[Case]:
    """As many cases as asked for, shared out so that each post is about as full as it is meant to be."""
    shares = _shared_out([_wanted(post) for post in posts], number)
    return [new_case(post, next(crns), random) for post, share in zip(posts, shares, strict=True) for _ in range(share)]


def new_case(post: Post, crn: str, random: Random) -> Case:
    """A case of the kind that the post's grade and team hold."""
    case = Case(crn, post, new_tier(post, random), random.choices(_LOCATIONS, _LOCATION_SHARES[post.team.kind])[0])
    case.is_warrant, case.is_overdue = random.random() < 0.04, random.random() < 0.02
    case.is_unpaid_work = case.location == "community" and random.random() < 0.08
    case.is_t2a = random.random() < 0.03
    case.is_lifer = case.tier in range(1, 5) and case.location != "community" and random.random() < 0.08
    case.priority = random.choices(("", "P", "I"), (96, 2, 2))[0]
    if case.tier >= _LOWEST_SUSPENDED_TIER:
        case.disposal = random.choice(_DISPOSALS)
    return case


def new_tier(post: Post, random: Random) -> int:
    """A tier number of the national layout: 1 in 100 untiered, 4 in 100 with contact suspended."""
    kind = random.random()
    if kind < 0.01:
        return 0
    letter = random.choices(range(len(_LETTERS)), _TIER_SHARES[post.grade])[0]
    number = 4 * letter + random.choices(range(4), _LEVEL_SHARES)[0] + 1
    return number + 16 if kind < 0.05 else number


def _wanted(post: Post) -> float:
    if post.team.kind == "court":
        return 0.0
    # Whoever is spared all work keeps some cases for now: it happens, and it must be seen.
    hours = post.hours_left or 0.4 * FULL_TIME_HOURS
    return post.load * _TARGET_POINTS * hours / FULL_TIME_HOURS / _POINTS_A_CASE[post.grade]


def _shared_out(wanted: Sequence[float], number: int) -> list[int]:
    """Whole numbers that add up to `number`, in proportion; the largest remainders are rounded up."""
    total = sum(wanted)
    if total == 0:  # a tiny service may have only managers without a caseload: somebody holds the cases all the same
        return _shared_out([1.0] * len(wanted), number)
    exact = [share * number / total for share in wanted]
    whole = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[: number - sum(whole)]:
        whole[place] += 1
    return whole
