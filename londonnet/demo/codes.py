"""Codes of the demo service, in the forms of the national case system, all of provider N07."""

from collections.abc import Iterator
from typing import Final

PROVIDER: Final = "N07"
_TEAM_LETTERS: Final = "TUVWXYZ"
_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIRST_DECIMAL = 100
_ALL_CRNS: Final = 26_000_000
_CRN_STEP: Final = 7_919_993  # has no factor in common with the number of CRNs, so none comes twice


def team_code(number: int) -> str:
    """N07T01 … N07T99, then N07U00 … N07ZZZ: a letter and two signs behind the provider."""
    if number < _FIRST_DECIMAL:
        return f"{PROVIDER}T{number:02d}"
    hundreds, rest = divmod(number - _FIRST_DECIMAL, len(_DIGITS) ** 2)
    return f"{PROVIDER}{_TEAM_LETTERS[1 + hundreds]}{_DIGITS[rest // len(_DIGITS)]}{_DIGITS[rest % len(_DIGITS)]}"


def practitioner_keys() -> Iterator[str]:
    """N07A001, N07A002, … N07Z999."""
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        yield from (f"{PROVIDER}{letter}{number:03d}" for number in range(1, 1000))


def unallocated_key(number: int) -> str:
    """N07AUTSO, N07BUTSO, …: the key under which a team's cases stand that nobody has yet."""
    return f"{PROVIDER}{_DIGITS[10 + number]}UTSO"


def crns(seed: int) -> Iterator[str]:
    """CRNs in an order of the seed's, none twice."""
    place = seed * 31 % _ALL_CRNS
    while True:
        place = (place + _CRN_STEP) % _ALL_CRNS
        yield f"{chr(ord('A') + place // 1_000_000)}{place % 1_000_000:06d}"
