"""Which of those who could get cases are shown: found by name, put in order, and a page of them at most."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from londonnet.platform.search.folding import sort_key

from .board import PersonLine
from .choice import Choice

MOST_SHOWN: Final = 50
ORDERS: Final = (
    ("room", "Most room first"),
    ("name", "Name"),
    ("cases", "Fewest cases first"),
    ("received", "Fewest in the last 7 days first"),
    ("hours", "Most hours first"),
    ("grade", "Grade"),
    ("team", "Team"),
)
"""What they can be sorted by; those alike stay as they come, who has most room first."""
_KEYS: Final[dict[str, Callable[[PersonLine], Any]]] = {
    "name": lambda line: sort_key(line.who.name),
    "cases": lambda line: line.who.cases,
    "received": lambda line: line.who.received,
    "hours": lambda line: line.who.reduction_hours - (line.who.contracted_hours or 0),
    "grade": lambda line: line.who.grade or "~",
    "team": lambda line: sort_key(line.who.team_name),
}


@dataclass(frozen=True, slots=True)
class People:
    """Those who are shown.

    Attributes:
        lines: them, in order; whoever is chosen is always among them.
        found: how many fit what was typed.
        total: how many there are.
    """

    lines: tuple[PersonLine, ...]
    found: int
    total: int


def people_shown(everybody: Sequence[PersonLine], choice: Choice) -> People:
    """Those who fit what was typed, in the order asked for."""
    words = sort_key(choice.find).split()
    fitting = [line for line in everybody if line.is_chosen or _fits(line, words)]
    by = _KEYS.get(choice.order)
    ordered = sorted(fitting, key=by) if by else fitting
    lines = [line for at, line in enumerate(ordered) if at < MOST_SHOWN or line.is_chosen]
    return People(tuple(lines), sum(_fits(line, words) for line in everybody), len(everybody))


def _fits(line: PersonLine, words: Sequence[str]) -> bool:
    """Whether every word begins one of theirs: of their name, their key or their team."""
    theirs = sort_key(line.who.name, line.who.om_key, line.who.team_name).split()
    return all(any(one.startswith(word) for one in theirs) for word in words)
