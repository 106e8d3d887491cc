"""The places and tiers that cases are counted by, and their numbers in the national case system."""

from collections.abc import Mapping
from typing import Final

from londonnet.apps.caseload.tiers import TIER_CODES

LOCATIONS: Final = ("community", "custody", "licence")

UNTIERED: Final = 0
"""The tier number of a case that has no tier yet: counted beside the points, never scored."""

TIERS: Final = range(1, 33)
"""Tier numbers: 1 to 16 are A3 A2 A1 A0 B3 … D0, 17 to 32 the same with contact suspended (S)."""

TIER_KEYS: Final = TIER_CODES
"""The names of tiers 1 to 32 in weights files, in order: a3 … d0, a3s … d0s."""

Cell = tuple[str, int]
"""A location and a tier number: what one count or one weight belongs to."""

Counts = Mapping[Cell, int]
"""How many cases stand in each cell; a cell that isn't there holds none."""

CELLS: Final[tuple[Cell, ...]] = tuple((location, tier) for location in LOCATIONS for tier in TIERS)
"""Every cell that has a weight: 3 locations, 32 tiers."""


def tier_name(tier: int) -> str:
    """The tier as people write it: 6 is "B2", 22 is "B2S", 0 is "no tier".

    Raises:
        ValueError: the number isn't one of 0 to 32.
    """
    if tier == UNTIERED:
        return "no tier"
    if tier not in TIERS:
        raise ValueError(f"{tier} is not a tier number: it must be from 0 to 32")
    return TIER_KEYS[tier - 1].upper()


def cell_name(cell: Cell) -> str:
    """A cell as people write it: ("community", 6) is "Community B2"."""
    location, tier = cell
    return f"{location.capitalize()} {tier_name(tier)}"
