"""Identifiers come first, then word starts, then what is spelt alike."""

import pytest

from londonnet.apps.organisation.models import Practitioner
from londonnet.platform.search.folding import sort_key
from londonnet.platform.search.matching import LONGEST_SEARCH, Words, forgiving, matching, word_score

PEOPLE = {
    "N07A001": "O'Neill-Şahin Zoë",
    "N07A002": "Adeyemi Ben",
    "N07A003": "Smith John",
    "N07A004": "Johnson Anna",
    "N07A005": "Kahn Björn",
    "N07A006": "Johnston Priya",
    "N07B001": "Green Naomi",
}

pytestmark = pytest.mark.usefixtures("people")


@pytest.fixture
def people(in_alpha: object) -> None:
    Practitioner.objects.bulk_create(
        Practitioner(om_key=key, surname=name, sort_key=sort_key(name)) for key, name in PEOPLE.items()
    )


def found(typed: str) -> list[str]:
    with forgiving():
        rows = matching(Practitioner.objects.all(), typed, key="sort_key", identifiers=("om_key",))
        return list(rows.values_list("om_key", flat=True))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("smith", "N07A003"),
        ("john smith", "N07A003"),
        ("SMITH J", "N07A003"),
        ("smyth", "N07A003"),
        ("smiht", "N07A003"),
        ("jonson", "N07A004"),
        ("jhonson ana", "N07A004"),
        ("khan", "N07A005"),
        ("bjorn", "N07A005"),
        ("sahin", "N07A001"),
        ("Şahin", "N07A001"),
        ("oneil", "N07A001"),
        ("o'neill", "N07A001"),
        ("adeyami", "N07A002"),
        ("n07a006", "N07A006"),
        ("N07 A006", "N07A006"),
    ],
)
def test_the_one_meant_comes_first_however_it_is_spelt(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_a_word_start_beats_likeness() -> None:
    assert found("johns")[:2] == ["N07A004", "N07A006"]
    assert set(found("john")[:3]) == {"N07A003", "N07A004", "N07A006"}


def test_the_start_of_an_identifier_finds_all_that_begin_so() -> None:
    assert set(found("N07A00")) == set(PEOPLE) - {"N07B001"}


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "'", "\x00", "qqqqqq", "zzz xyz", "-- ; drop"])
def test_what_means_nobody_finds_nobody(typed: str) -> None:
    assert found(typed) == []


def test_two_letters_are_not_forgiven() -> None:
    assert found("eb") == []
    assert found("bne") == ["N07A002"]


def test_a_long_text_pasted_by_mistake_is_cut() -> None:
    words = Words.of("smith " * 1000)

    assert len(words.folded) <= 6
    assert len(words.identifier) <= LONGEST_SEARCH


def test_labels_of_pages_are_matched_by_word_starts_and_slips() -> None:
    assert word_score("Staff and teams", "team") > 2
    assert word_score("Staff and teams", "tema") == 0.5
    assert word_score("Staff and teams", "workload") == 0
