"""The pages of allocation as tabs, each with how much there is on it."""

from londonnet.apps.workload import addresses
from londonnet.apps.workload.selectors.allocation.counts import Counts
from londonnet.platform.ui.formatting import whole

from .scope import Scope


def tabs(scope: Scope, counts: Counts, page: str) -> list[tuple[str, str, bool]]:
    """What each says, where it leads, and whether it is the one shown: "", "differences" or "history"."""
    said = (
        ("", "Unallocated", counts.unallocated),
        ("differences", "Differences", counts.differences),
        ("history", "History", counts.moves),
    )
    return [
        (f"{label} ({whole(number)})", addresses.allocation(one, scope.within), one == page)
        for one, label, number in said
    ]
