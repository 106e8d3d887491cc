"""The home page's tile of cases that nobody has: the first few, each with its button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from londonnet.platform.access.policy import reach
from londonnet.platform.registry import Tile

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

    from .selectors import FiguresInForce

MOST: Final = 5


def waiting_tile(user: User, figures: FiguresInForce) -> Tile | None:
    """The tile for somebody who may allocate; None for others. One query at most."""
    from .selectors.allocation.cases import unallocated
    from .services.allocating import ALLOCATE
    from .views.allocation.scope import topics_of_reach

    reached = reach(user, ALLOCATE)
    if reached.is_empty:
        return None
    found = unallocated(reached, snapshot_id=figures.snapshot_id, size=MOST)
    context = {
        "rows": found.rows,
        "total": found.total,
        "is_of_several_teams": len({case.team_code for case in found.rows}) > 1,
        "topics": topics_of_reach(reached),
    }
    return Tile("Cases to allocate", "workload/tile_waiting.html", context, order=12)
