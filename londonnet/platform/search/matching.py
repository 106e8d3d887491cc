"""Finding rows by the words that someone types: identifiers first, then word starts, then what is spelt alike."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from operator import add, and_, or_
from typing import Any, Final

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Case, FloatField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from .folding import sort_key

EXACT_IDENTIFIER: Final = 4.0
IDENTIFIER_START: Final = 3.0
EVERY_WORD_STARTS: Final = 2.0
LONGEST_SEARCH: Final = 100  # characters; what is pasted by mistake isn't looked for word by word
MOST_WORDS: Final = 6

# Below 0.3 "smyth" no longer finds Smith; "green" would find Okonkwo long before "khan" found Kahn (see `_turned`).
_ALIKE: Final = 0.3
_SHORTEST_FORGIVEN: Final = 3  # letters; two letters are like nearly everything


@dataclass(frozen=True, slots=True)
class Words:
    """What someone typed, ready to be looked for.

    Args:
        folded: the words as `sort_key` folds them.
        identifier: what was typed as an identifier is written: without spaces, in capitals.
    """

    folded: tuple[str, ...]
    identifier: str

    @classmethod
    def of(cls, typed: str) -> "Words":
        """Read what was typed."""
        short = typed.replace("\x00", "")[:LONGEST_SEARCH]
        return cls(tuple(sort_key(short).split()[:MOST_WORDS]), "".join(short.split()).upper())

    @property
    def text(self) -> str:
        """All words in one line."""
        return " ".join(self.folded)


@contextmanager
def forgiving() -> Iterator[None]:
    """Inside, the database's indexes find words that are spelt alike, as far as `matching` wants to go."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(_ALIKE)])
        yield


@dataclass(frozen=True, slots=True)
class Match:
    """What a column of names is asked, to find what someone may mean.

    Args:
        condition: true of the rows that fit.
        score: how well a row fits: an identifier typed exactly 4, an identifier that begins so 3, a name in which
            every word typed begins a word 2 to 3, a name in which every word is spelt alike below 1.
    """

    condition: Q
    score: Combinable

    @classmethod
    def of(cls, typed: str, *, key: str, identifiers: Sequence[str] = ()) -> "Match":
        """Ask for what someone typed.

        Args:
            typed: what someone typed.
            key: the column with the folded name (`sort_key`), best with a trigram index.
            identifiers: columns with identifiers in capitals.
        """
        words = Words.of(typed)
        if not words.folded:
            return cls(Q(pk__in=[]), Value(0.0))
        exact = _any_of(Q(**{f"{column}": words.identifier}) for column in identifiers)
        begins = _any_of(Q(**{f"{column}__startswith": words.identifier}) for column in identifiers)
        starts = reduce(and_, (_starts_word(key, word) for word in words.folded))
        alike = reduce(and_, (_like_a_word(key, word) for word in words.folded))
        score = Case(
            When(exact, then=Value(EXACT_IDENTIFIER)),
            When(begins, then=Value(IDENTIFIER_START)),
            When(starts, then=Value(EVERY_WORD_STARTS) + _likeness(key, words)),
            default=_likeness(key, words),
            output_field=FloatField(),
        )
        return cls(exact | begins | alike, score)


def matching(rows: QuerySet[Any], typed: str, *, key: str, identifiers: Sequence[str] = ()) -> QuerySet[Any]:
    """The rows that someone may mean, best first, each with a `score`; read them inside `forgiving()`.

    The arguments are those of `Match.of`.
    """
    match = Match.of(typed, key=key, identifiers=identifiers)
    found: QuerySet[Any] = rows.filter(match.condition).annotate(score=match.score).order_by("-score", key)
    return found


def word_score(name: str, typed: str) -> float:
    """How well a name that isn't in the database (a page's label) fits what someone typed; 0 is not at all."""
    words = Words.of(typed).folded
    own = sort_key(name).split()
    if not words or not own:
        return 0.0
    if all(any(part.startswith(word) for part in own) for word in words):
        return EVERY_WORD_STARTS + len(" ".join(words)) / max(len(" ".join(own)), 1)
    forms = [(word, *_turned(word)) for word in words]
    turned = all(any(part.startswith(form) for part in own for form in alike) for alike in forms)
    return 0.5 if turned else 0.0


def _any_of(conditions: Iterator[Q]) -> Q:
    return reduce(or_, conditions, Q(pk__in=[]))


def _starts_word(key: str, word: str) -> Q:
    return Q(**{f"{key}__startswith": word}) | Q(**{f"{key}__contains": f" {word}"})


def _like_a_word(key: str, word: str) -> Q:
    found = _starts_word(key, word)
    if len(word) < _SHORTEST_FORGIVEN:
        return found
    turned = (_starts_word(key, other) for other in _turned(word))
    return reduce(or_, turned, found | Q(**{f"{key}__trigram_word_similar": word}))


def _turned(word: str) -> list[str]:
    """The word with two neighbouring letters exchanged, in every way: the slip that trigrams forgive least."""
    if len(word) < _SHORTEST_FORGIVEN:
        return []
    turned = {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)}
    return sorted(turned - {word})


def _likeness(key: str, words: Words) -> Combinable:
    """From 0 to 1: the mean likeness of the words typed."""
    each: list[Combinable] = [TrigramWordSimilarity(word, key) for word in words.folded]
    return reduce(add, each) / Value(float(len(words.folded)) + 0.001)
