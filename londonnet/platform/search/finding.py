"""Asking every application that is switched on for this trust."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from londonnet.platform.registry import SearchResult, enabled

from .matching import Words, forgiving, word_score

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

SHORTEST = 2  # letters; one letter finds everything and nothing
PAGES = "Pages"


@dataclass(frozen=True, slots=True)
class Group:
    """What one source found, best first. `has_more`: the source had more than were asked for."""

    label: str
    results: tuple[SearchResult, ...]
    has_more: bool

    @property
    def best(self) -> float:
        """The score of the best result."""
        return self.results[0].score


def find(user: "User", typed: str, *, limit: int) -> list[Group]:
    """Everything that the user may see and may mean, by source; the source with the best result first.

    Args:
        user: who searches; every source answers within what they may see.
        typed: what they typed. It is kept and logged nowhere.
        limit: how many results of one source at most.
    """
    if len(Words.of(typed).text) < SHORTEST:
        return []
    with forgiving():
        found = [
            (source.label, source.find(user, typed, limit + 1))
            for manifest in enabled()
            for source in manifest.hooks.search_sources()
        ]
    groups = [_group(label, results, limit) for label, results in [*found, (PAGES, _pages(user, typed))] if results]
    return sorted(groups, key=lambda group: -group.best)


def suggest(user: "User", typed: str, *, limit: int) -> list[SearchResult]:
    """The best results of all sources together."""
    every = chain.from_iterable(group.results for group in find(user, typed, limit=limit))
    return sorted(every, key=lambda result: -result.score)[:limit]


def _group(label: str, results: Sequence[SearchResult], limit: int) -> Group:
    return Group(label, tuple(results[:limit]), has_more=len(results) > limit)


def _pages(user: "User", typed: str) -> list[SearchResult]:
    """Entries of the user's own navigation."""
    scored = [
        SearchResult("Page", item.label, manifest.label, item.url, score)
        for manifest in enabled()
        for item in manifest.hooks.menu_items(user)
        if (score := word_score(item.label, typed))
    ]
    return sorted(scored, key=lambda result: -result.score)
