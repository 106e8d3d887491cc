"""Tiers are numbered as the national case system numbers them."""

import pytest

from londonnet.apps.caseload.tiers import TIER_NAMES, tier_name, tier_number


@pytest.mark.parametrize(
    ("number", "name"), [(0, "Untiered"), (1, "A3"), (4, "A0"), (5, "B3"), (16, "D0"), (17, "A3S"), (32, "D0S")]
)
def test_a_tier_is_written_as_people_write_it(number: int, name: str) -> None:
    assert tier_name(number) == name
    assert tier_number(f" {name.lower()} ") == number


def test_there_are_thirty_two_tiers_and_untiered() -> None:
    assert len(set(TIER_NAMES)) == 33


@pytest.mark.parametrize("name", ["", "E1", "A4", "6", "B2SS"])
def test_what_is_no_tier_has_no_number(name: str) -> None:
    assert tier_number(name) is None
