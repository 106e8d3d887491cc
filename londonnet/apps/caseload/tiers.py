"""Tiers as the national case system numbers them: 0 untiered, 1…16 A3 A2 A1 A0 B3…D0, 17…32 the same with S.

Source: the national workload extract's layout, `tier_code`.
"""

from typing import Final

_LETTER_TIERS: Final = tuple(f"{letter}{number}" for letter in "abcd" for number in (3, 2, 1, 0))

TIER_CODES: Final = (*_LETTER_TIERS, *(f"{tier}s" for tier in _LETTER_TIERS))
"""Tiers 1 to 32 in order, as columns and files write them: a3 … d0, a3s … d0s."""

UNTIERED: Final = "Untiered"
TIER_NAMES: Final = (UNTIERED, *(code.upper() for code in TIER_CODES))


def tier_name(tier: int) -> str:
    """A tier's number as people write it: 6 is B2, 22 is B2S (contact suspended), 0 is Untiered."""
    return TIER_NAMES[tier]


def tier_number(name: str) -> int | None:
    """The number of a tier written as people write it, in any case; None when there is no such tier."""
    wanted = name.strip().casefold()
    return next((number for number, known in enumerate(TIER_NAMES) if known.casefold() == wanted), None)
