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


TIER_GROUPS: Final = {
    **{letter.upper(): tuple(range(first, first + 4)) for letter, first in zip("abcd", (1, 5, 9, 13), strict=True)},
    "S": tuple(range(17, 33)),
}
"""Several tiers that are asked for together: those of one letter, and all those with contact suspended."""


def tier_numbers(name: str) -> tuple[int, ...]:
    """The numbers of a tier or of a group of them; none where there is no such tier."""
    number = tier_number(name)
    return TIER_GROUPS.get(name.strip().upper(), ()) if number is None else (number,)
