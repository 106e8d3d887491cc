"""What is summed of everybody in a place, as SQL over rows that have the columns of a figure."""

from typing import Final

from londonnet.apps.workload.capacity import BAND_FROM_PERCENT, BAND_TO_PERCENT, NO_CAPACITY_LEFT

from .practitioner_sql import NOBODYS_NUMBERS

_HELD: Final = ("cases", "t2a_cases", "points_cases", "points_t2a", "points_reports", "points_support", "points_total")
_PEOPLE: Final = ("practitioners", "above", "within", "below", "not_measured", "none_left", "incomplete")

SUMMED: Final = (*_PEOPLE, "posts", *_HELD, "points_not_measured", "contracted_hours", "reduction_hours", "available")
"""The columns of `workload_dailysum` that are sums."""

_OF_PEOPLE: Final = (*_PEOPLE, "points_not_measured")
LESS_POSTS: Final = ", ".join(
    "practitioners" if name == "posts" else f"-{name}" if name in _OF_PEOPLE else "0" for name in SUMMED
)
"""Sums of posts that were taken for people, so that added to those of everybody they leave people, and posts apart."""

_MEASURED: Final = "NOT is_post AND available > 0 AND points_total * 100"
SUMS_OF_FIGURES: Final = f"""
count(*) FILTER (WHERE NOT is_post) AS practitioners,
count(*) FILTER (WHERE {_MEASURED} > available * {BAND_TO_PERCENT}) AS above,
count(*) FILTER (WHERE {_MEASURED} BETWEEN available * {BAND_FROM_PERCENT} AND available * {BAND_TO_PERCENT}) AS within,
count(*) FILTER (WHERE {_MEASURED} < available * {BAND_FROM_PERCENT}) AS below,
count(*) FILTER (WHERE NOT is_post AND available = 0 AND capacity_note <> '{NO_CAPACITY_LEFT}') AS not_measured,
count(*) FILTER (WHERE NOT is_post AND available = 0 AND capacity_note = '{NO_CAPACITY_LEFT}') AS none_left,
count(*) FILTER (WHERE NOT is_post AND is_incomplete) AS incomplete,
count(*) FILTER (WHERE is_post) AS posts,
{", ".join(f"sum({name}) AS {name}" for name in _HELD)},
coalesce(sum(points_total) FILTER (WHERE NOT is_post AND available = 0), 0) AS points_not_measured,
coalesce(sum(contracted_hours), 0) AS contracted_hours, sum(reduction_hours) AS reduction_hours,
sum(available) AS available
"""
"""The same, in the same order, over figures with `is_post`."""


def told_apart(figures: str) -> str:
    """Figures with `is_post`: of a post for cases that nobody has, whose work counts, and which is nobody.

    Joined, and not asked of each figure: the question would be asked again in every sum.
    """
    return f"""
SELECT figure.*, nobodys.id IS NOT NULL AS is_post
FROM {figures} figure LEFT JOIN ({NOBODYS_NUMBERS}) nobodys ON nobodys.id = figure.place_id
"""  # noqa: S608  # our own SQL
