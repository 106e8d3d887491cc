"""Who was above a threshold for how long: the rule, and the statement that agrees with it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from londonnet.apps.workload.errors import WorkloadError
from londonnet.apps.workload.excess import Held, spells
from londonnet.apps.workload.selectors import Within, figures_in_force
from londonnet.apps.workload.selectors.excess import ExcessRow, ExcessRows, Standing, excess_count, excess_rows, lately
from londonnet.apps.workload.selectors.excess_days import Excess, days_of
from londonnet.apps.workload.services import recompute
from londonnet.apps.workload.support import PractitionerKey
from londonnet.platform.trusts import Trust

from . import building, histories
from .building import ALICE, Entry, key

MONDAY: Final = date(2026, 3, 2)
B2 = ("community", 6)
ABOVE, NOT_ABOVE, NONE = (1101, 1000), (1100, 1000), (5, 0)


def days(*held: Held | None, first: date = MONDAY) -> dict[date, Held]:
    """One day after the other; None for one that isn't kept."""
    return {first + timedelta(days=n): one for n, one in enumerate(held) if one is not None}


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        ([ABOVE] * 27, []),
        ([ABOVE] * 28, [28]),
        ([ABOVE] * 30, [30]),
        # Exactly the threshold isn't above it, and neither is somebody without capacity.
        ([ABOVE] * 20 + [NOT_ABOVE] + [ABOVE] * 20, []),
        ([ABOVE] * 20 + [NONE] + [ABOVE] * 28, [28]),
        # A day that isn't kept neither breaks a spell nor makes one.
        ([ABOVE] * 14 + [None] * 6 + [ABOVE] * 8, [28]),
        ([ABOVE] * 26 + [None] * 6, []),
        ([ABOVE] * 14 + [None] * 7 + [ABOVE] * 14, []),
        # One figure a week will do.
        ([ABOVE, *[None] * 6] * 4 + [ABOVE], [29]),
        ([ABOVE] * 28 + [NOT_ABOVE] + [ABOVE] * 29, [28, 29]),
    ],
)
def test_a_spell_is_so_many_weeks_of_kept_days_that_are_all_above(kept: list[Held | None], found: list[int]) -> None:
    assert [spell.days for spell in spells(days(*kept), threshold=110, weeks=4)] == found


def test_a_spell_knows_its_days_its_weeks_and_the_highest() -> None:
    (spell,) = spells(days(*[ABOVE] * 10, (3000, 1000), *[ABOVE] * 20), threshold=110, weeks=4)
    assert (spell.first_day, spell.last_day, spell.days, spell.weeks) == (MONDAY, MONDAY + timedelta(30), 31, 4)
    assert spell.highest == 300


# Mostly above, so that long spells come about; and long stretches of the same, so that whole weeks do.
_figures = st.one_of(
    st.just(ABOVE),
    st.just(ABOVE),
    st.just((1250, 1000)),
    st.just(NOT_ABOVE),
    st.just(NONE),
    st.just(None),
    st.tuples(st.integers(-10, 3000), st.integers(0, 2000)),
)
_stretches = st.lists(st.tuples(_figures, st.integers(1, 24)), min_size=1, max_size=9).map(
    lambda parts: [held for held, length in parts for _ in range(length)][:80]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(_stretches, min_size=1, max_size=3),
    st.integers(0, 6),
    st.integers(0, 30),
    st.integers(10, 90),
    st.sampled_from((1, 2, 3, 4, 6)),
    st.sampled_from((90, 110, 124, 125)),
)
def test_the_statement_finds_the_spells_that_the_rule_finds(
    in_alpha: Trust, people: list[list[Held | None]], begin: int, skipped: int, length: int, weeks: int, threshold: int
) -> None:
    start = MONDAY + timedelta(days=begin)
    first = start + timedelta(days=skipped)
    last = first + timedelta(days=length)
    of_everybody = {key(f"N07A00{n}", f"N07T0{n % 2}"): days(*kept, first=start) for n, kept in enumerate(people)}
    asked = Excess(first, last, weeks, threshold)
    with transaction.atomic():
        histories.write(of_everybody)
        found = excess_rows("practitioner", asked=asked, figures=None)
        teams = excess_rows("team", asked=asked, figures=None)
        transaction.set_rollback(True)
    assert found.total == len(found.rows)
    assert told(found.rows) == expected(of_everybody, asked)
    assert told(teams.rows) == expected(summed(of_everybody), asked)


def told(rows: list[ExcessRow]) -> list[tuple[str, date, date, float]]:
    """The rows in an order of their own."""
    return sorted((row.code, row.spell.first_day, row.spell.last_day, row.spell.highest) for row in rows)


def expected(
    of_everybody: Mapping[PractitionerKey, Mapping[date, Held]] | Mapping[str, Mapping[date, Held]], asked: Excess
) -> list[tuple[str, date, date, float]]:
    """What the rule says, day by day."""
    return sorted(
        (who if isinstance(who, str) else who.om_key, spell.first_day, spell.last_day, spell.highest)
        for who, kept in of_everybody.items()
        for spell in spells(
            {day: held for day, held in kept.items() if asked.first <= day <= asked.last},
            threshold=asked.threshold,
            weeks=asked.weeks,
        )
    )


def summed(of_everybody: Mapping[PractitionerKey, Mapping[date, Held]]) -> dict[str, dict[date, Held]]:
    """The same for teams."""
    teams: dict[str, dict[date, Held]] = {}
    for who, kept in of_everybody.items():
        team = teams.setdefault(who.team_code, {})
        for day, (points, available) in kept.items():
            before = team.get(day, (0, 0))
            team[day] = (before[0] + points, before[1] + available)
    return teams


@pytest.mark.usefixtures("in_alpha")
@pytest.mark.parametrize("today", [MONDAY, MONDAY + timedelta(days=3), MONDAY + timedelta(days=6)])
def test_today_counts_by_its_live_figure(today: date) -> None:
    histories.write({ALICE: days(*[ABOVE] * 27, first=today - timedelta(days=27))})
    building.extract({ALICE: Entry({B2: 40})})
    recompute(reason="A test", day=today)
    asked = Excess(today - timedelta(days=60), today)
    (row,) = excess_rows("practitioner", asked=asked, figures=figures_in_force()).rows
    assert (row.spell.days, row.goes_on, row.began_before, row.now) == (28, True, False, 100 * 4600 / 2176)
    assert excess_count("practitioner", asked=lately(today), figures=figures_in_force()) == 1
    building.extract({ALICE: Entry({B2: 10})})
    recompute(reason="A test", day=today)
    assert excess_rows("practitioner", asked=asked, figures=figures_in_force()) == ExcessRows([], 0, 0, 0)


@pytest.mark.usefixtures("in_alpha")
def test_a_spell_that_is_over_is_told_from_one_that_goes_on() -> None:
    ben = key("N07A002", "N07T01")
    histories.write({ALICE: days(*[ABOVE] * 40), ben: days(*[ABOVE] * 30, *[NOT_ABOVE] * 10)})
    asked = Excess(MONDAY, MONDAY + timedelta(days=60))
    found = excess_rows("practitioner", asked=asked, figures=None)
    assert [(row.code, row.goes_on, row.began_before) for row in found.rows] == [
        (ALICE.om_key, True, True),
        (ben.om_key, False, True),
    ]
    assert (found.total, found.going_on) == (2, 1)
    standing: dict[Standing, str] = {"still": ALICE.om_key, "over": ben.om_key}
    for only, om_key in standing.items():
        found = excess_rows("practitioner", asked=asked, figures=None, only=only, size=1)
        assert ([row.code for row in found.rows], found.total) == ([om_key], 1)
        assert (found.going_on, found.over) == (1, 1)


@pytest.mark.usefixtures("in_alpha")
def test_a_question_about_centuries_reads_no_more_than_is_kept() -> None:
    histories.write({ALICE: days(*[ABOVE] * 40)})
    long = Excess(date(1, 1, 1), date(9999, 12, 31))
    kept = Excess(MONDAY, MONDAY + timedelta(days=39))
    assert len(days_of("practitioner", asked=long, figures=None).days) == 40
    (row,) = excess_rows("practitioner", asked=long, figures=None).rows
    (same,) = excess_rows("practitioner", asked=kept, figures=None).rows
    assert (row.spell, row.goes_on, row.began_before, same.began_before) == (same.spell, True, False, True)
    assert excess_rows("practitioner", asked=replace(long, last=date(1990, 1, 1)), figures=None).rows == []


@pytest.mark.usefixtures("in_alpha")
def test_decades_without_figures_are_passed_over_and_still_part_two_spells() -> None:
    eve, new_year = date(1990, 12, 31), date(2026, 1, 1)
    histories.write({ALICE: days(*[ABOVE] * 28, first=eve - timedelta(27)) | days(*[ABOVE] * 28, first=new_year)})
    asked = Excess(date(1980, 1, 1), date(2030, 1, 1))
    assert len(days_of("practitioner", asked=asked, figures=None).days) == 28 + 365 + 28
    found = excess_rows("practitioner", asked=asked, figures=None).rows
    assert [(row.spell.first_day, row.spell.days, row.goes_on) for row in found] == [
        (new_year, 28, True),
        (eve - timedelta(27), 28, False),
    ]
    assert excess_rows("practitioner", asked=Excess(date(1995, 1, 1), date(2005, 1, 1)), figures=None).rows == []


@pytest.mark.usefixtures("in_alpha")
def test_only_what_is_within_the_part_asked_for_is_found() -> None:
    building.team("N07T02", "N07P2", "N07R1")
    carl = key("N07A003", "N07T02")
    histories.write({ALICE: days(*[ABOVE] * 40), carl: days(*[ABOVE] * 40)})
    asked = Excess(MONDAY, MONDAY + timedelta(days=60))

    def found(by: str, within: Within) -> list[str]:
        return sorted(row.code for row in excess_rows(by, within, asked=asked, figures=None).rows)  # type: ignore[arg-type]

    assert found("practitioner", Within("pdu", "N07P2")) == [carl.om_key]
    assert found("practitioner", Within("region", "N07R1")) == [ALICE.om_key, carl.om_key]
    assert found("team", Within("pdu", "N07P1")) == ["N07T01"]
    assert found("trust", Within()) == ["alpha"]
    with pytest.raises(WorkloadError):
        found("pdu", Within("team", "N07T01"))
