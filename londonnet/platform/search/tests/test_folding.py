"""Names are folded alike on their way in and when they are looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from londonnet.platform.search.folding import sort_key


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("O'Neill-Şahin", "oneill sahin"),
        ("O’Brien", "obrien"),  # the mark that word processors write
        ("Łukasz Żółć", "lukasz zolc"),
        ("Søren Ærø", "soren aero"),
        ("STRASSE Straße", "strasse strasse"),
        ("Ian  de la   Cruz", "ian de la cruz"),
        ("Smith, J. (Jo)", "smith j jo"),
        ("Camden/Islington & Hackney", "camden islington hackney"),
        ("Ελένη", "ελενη"),
        ("under_score %", "underscore"),
        ("", ""),
    ],
)
def test_a_name_is_folded_to_plain_small_letters(name: str, folded: str) -> None:
    assert sort_key(name) == folded


def test_parts_are_folded_in_the_order_that_they_sort_by() -> None:
    assert sort_key("Özil", "Zoë") == "ozil zoe"


@given(st.text(max_size=40))
def test_folding_what_is_folded_changes_nothing(name: str) -> None:
    assert sort_key(sort_key(name)) == sort_key(name)


@given(st.text(max_size=40))
def test_nothing_that_a_pattern_would_read_as_a_sign_is_left(name: str) -> None:
    assert not set(sort_key(name)) & set("%_\\'\"")
