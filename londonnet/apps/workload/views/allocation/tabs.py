"""The pages of allocation as tabs, each with how much there is on it."""

from dataclasses import dataclass

from londonnet.apps.workload import addresses
from londonnet.apps.workload.selectors.allocation.counts import Counts
from londonnet.platform.ui.formatting import whole

from .scope import Scope


@dataclass(frozen=True, slots=True)
class Tabs:
    """What each says, where it leads, and whether it is the one shown; and whether that has anything on it."""

    links: list[tuple[str, str, bool]]
    has_any: bool


def tabs(scope: Scope, counts: Counts, page: str) -> Tabs:
    """The tabs; `page` is the one shown: "", "differences" or "history"."""
    said = (
        ("", "Unallocated", counts.unallocated),
        ("differences", "Differences", counts.differences),
        ("history", "History", counts.moves),
    )
    links = [
        (f"{label} ({whole(number)})", addresses.allocation(one, scope.within), one == page)
        for one, label, number in said
    ]
    return Tabs(links, any(number for one, _, number in said if one == page))
