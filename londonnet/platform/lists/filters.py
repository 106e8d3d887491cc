"""What a list can be narrowed by, how that is read from an address, and how it is said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from django.http import QueryDict

from londonnet.platform.ui.formatting import thousands

LONGEST: Final = 200
"""Characters of a text that a list can be narrowed by."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Something that a list can be narrowed by.

    Attributes:
        key: its name in addresses; a filter of numbers has `key-from` and `key-to`.
        label: its name on the page.
        kind: "choice", one of `choices`; "choices", any of them; "text"; or "numbers", from one to another.
        choices: values and what they are called.
        unit: what stands behind the numbers.
        hint: what to type, where that needs saying.
        otherwise: of a choice, what holds while nothing is chosen.
        in_panel: whether the panel offers it; else it only comes in a link.
        identifies: whether its value points to a person: it is never kept in a saved view.
    """

    key: str
    label: str
    kind: str = "choice"
    choices: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    hint: str = ""
    otherwise: str = "Any"
    in_panel: bool = True
    identifies: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The parameters of addresses that it reads."""
        return (f"{self.key}-from", f"{self.key}-to") if self.kind == "numbers" else (self.key,)


@dataclass(frozen=True, slots=True)
class Between:
    """Numbers from one to another, both included; None is no bound."""

    low: Decimal | None = None
    high: Decimal | None = None


Values = Mapping[str, tuple[str, ...]]
"""What is asked for: by parameter, one or more values that are known to be good."""


def read(one: Filter, asked: QueryDict) -> dict[str, tuple[str, ...]]:
    """What an address asks of one filter; what can't be read asks nothing."""
    found = {key: tuple(_known(one, asked.getlist(key))) for key in one.keys}
    return {key: values for key, values in found.items() if values}


def between(one: Filter, values: Values) -> Between:
    """The numbers that a filter asks for."""
    low, high = (_number(next(iter(values.get(key, ())), "")) for key in one.keys)
    return Between(low, high)


def said(one: Filter, values: Values) -> list[tuple[str, str, str]]:
    """What is asked for in words, piece by piece: the parameter, its value and the words."""
    if one.kind == "numbers":
        return [(key, value, words) for key, value, words in _bounds_said(one, values)]
    names = dict(one.choices)
    return [(one.key, value, f"{one.label}: {names.get(value, value)}") for value in values.get(one.key, ())]


def _bounds_said(one: Filter, values: Values) -> Iterator[tuple[str, str, str]]:
    for key, words in zip(one.keys, ("from", "to"), strict=True):
        for value in values.get(key, ()):
            yield key, value, f"{one.label} {words} {thousands(Decimal(value))}{one.unit}"


def _known(one: Filter, given: list[str]) -> Iterator[str]:
    """Those of the values that the filter knows, whatever their capitals, in the order of its choices."""
    if one.kind in ("choice", "choices"):
        asked = {text.casefold() for text in (given if one.kind == "choices" else given[-1:])}
        yield from (value for value, _ in one.choices if value.casefold() in asked)
    elif one.kind == "numbers":
        yield from (f"{number:f}" for text in given[-1:] if (number := _number(text)) is not None)
    else:
        yield from (text.strip()[:LONGEST] for text in given[-1:] if text.strip())


def _number(text: str) -> Decimal | None:
    plain = text.strip().removesuffix("%").replace(",", "")
    if not plain or len(plain) > 12:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 1_000_000_000 else None
