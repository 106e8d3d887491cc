"""What weights would do agrees with the rules, says who passes 110%, and writes nothing."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from londonnet.apps.workload.figures import Figure, roll_up
from londonnet.apps.workload.models import Figure as StoredFigure
from londonnet.apps.workload.models import FigureRun, WeightVersion
from londonnet.apps.workload.selectors import FiguresInForce, Within, figures_in_force, weights_in_force
from londonnet.apps.workload.selectors.effect_rows import Effect, PlaceChange
from londonnet.apps.workload.selectors.weight_effect import effect_of
from londonnet.apps.workload.services import recompute
from londonnet.apps.workload.support import PractitionerKey
from londonnet.apps.workload.weight_scaling import part_called, scaled
from londonnet.apps.workload.weights import WeightSet
from londonnet.platform.trusts import Trust

from . import building, extracts
from .building import ALICE, DAY, Entry
from .strategies import weight_sets
from .test_sql_and_python import TEAMS, World, expected, undone, worlds, write

CountQueries = Callable[[], AbstractContextManager[Any]]


def in_force() -> FiguresInForce:
    """The run that readers see."""
    figures = figures_in_force()
    assert figures is not None
    return figures


def a_third_more() -> WeightSet:
    """The weights in force, those of all cases up by a third."""
    part = part_called("cases")
    assert part is not None
    return scaled(weights_in_force(), part, Decimal(33))


@pytest.mark.usefixtures("in_alpha")
@given(world=worlds(), tried=weight_sets)
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_a_trial_agrees_to_the_point_with_the_rules_before_and_after(world: World, tried: WeightSet) -> None:
    with undone():
        write(world)
        before, after = expected(world), expected(replace(world, weights=tried))
        for code in TEAMS:
            effect = effect_of(tried, Within("team", code), figures=in_force())
            found = {PractitionerKey(one.om_key, one.team_code): one for one in effect.people}
            assert set(found) == {who for who in after if who.team_code == code}
            for who in (who for who in after if who.team_code == code):
                assert sides(found[who]) == (of_one(before[who]), of_one(after[who]))
            assert_whole(effect.whole, [(before[who], after[who]) for who in after if who.team_code == code])
            beside = effect_of(tried, Within("team", code), figures=in_force(), with_trust=True)
            assert (beside.whole.held, beside.people, beside.columns) == (
                effect.whole.held,
                effect.people,
                effect.columns,
            )
        assert_places(effect_of(tried, Within(), figures=in_force()), before, after)


def sides(change: Any) -> tuple[Any, Any]:
    """What must agree, before and after."""
    return (
        (change.held_before, change.available_before, change.before.percent, change.before.note),
        (change.held, change.available, change.after.percent, change.after.note),
    )


def of_one(figure: Figure) -> tuple[Any, ...]:
    """The same of a figure by the rules."""
    return (figure.points.total, figure.available, figure.capacity.percent, figure.capacity.note)


def assert_whole(change: PlaceChange, pairs: list[tuple[Figure, Figure]]) -> None:
    """A place agrees with the sum of those in it."""
    both = [roll_up(one) for one in (list(side) for side in zip(*pairs, strict=True))] or [roll_up([]), roll_up([])]
    assert change.practitioners == len(pairs)
    assert sides(change) == tuple(
        (one.points.total, one.available, one.capacity.percent, one.capacity.note) for one in both
    )
    stand = [(is_above(before), is_above(after)) for before, after in pairs]
    assert change.above_before == sum(before for before, _ in stand)
    assert change.above == sum(after for _, after in stand)
    assert change.newly_above == stand.count((False, True))
    assert change.no_longer_above == stand.count((True, False))


def is_above(figure: Figure) -> bool:
    """Whether somebody stands above the band."""
    return figure.capacity.percent is not None and figure.capacity.percent > 110


def assert_places(effect: Effect, before: dict[Any, Figure], after: dict[Any, Figure]) -> None:
    """Every team, PDU and region, the trust, and the distribution agree with the rules."""
    assert_whole(effect.whole, [(before[who], after[who]) for who in after])
    for level, position in (("team", None), ("pdu", 0), ("region", 1)):
        members: dict[str, list[tuple[Figure, Figure]]] = {}
        for who in after:
            code = who.team_code if position is None else TEAMS[who.team_code][position]
            members.setdefault(code, []).append((before[who], after[who]))
        found = {one.code: one for one in effect.of_level(level)}  # type: ignore[arg-type]
        assert set(found) == set(members)
        for code, pairs in members.items():
            assert_whole(found[code], pairs)
    measured = [one for one in after.values() if one.available > 0]
    assert sum(column.after for column in effect.columns) == len(measured)
    assert sum(column.after for column in effect.columns if column.from_percent >= 120) == sum(
        100 * one.points.total >= 120 * one.available for one in measured
    )


def test_the_same_weights_change_nothing(in_alpha: Trust) -> None:
    extracts.load()
    effect = effect_of(weights_in_force(), Within(), figures=in_force())
    assert effect.whole.before == effect.whole.after
    assert effect.people == ()
    assert effect.teams_by_change() == []
    assert all(column.before == column.after for column in effect.columns)


def test_it_says_who_passes_110_percent_upwards_and_downwards(in_alpha: Trust) -> None:
    extracts.load()
    up = effect_of(a_third_more(), Within(), figures=in_force())
    # 20 cases of B2 hold 2,300 of 2,176 points, and 3,060 when a case weighs 153.
    assert [one.om_key for one in up.people] == ["N07A002", "N07A006", "N07A007"]
    assert (up.whole.above_before, up.whole.above, up.whole.newly_above) == (1, 4, 3)
    weights = weights_in_force()
    down = effect_of(
        replace(weights, target={**weights.target, "PO": 9999}), Within("team", "N07T01"), figures=in_force()
    )
    assert down.whole.no_longer_above == 1
    assert [one.om_key for one in down.people if one.before.percent and one.before.percent > 110] == ["N07A001"]


def test_a_part_of_the_trust_is_compared_alone(in_alpha: Trust) -> None:
    extracts.load()
    pdu = effect_of(a_third_more(), Within("pdu", "N07P2"), figures=in_force())
    assert [one.om_key for one in pdu.people] == ["N07A007"]
    assert [(one.code, one.newly_above) for one in pdu.of_level("team")] == [("N07T09", 1)]
    assert (pdu.whole.practitioners, pdu.trust) == (1, None)
    beside = effect_of(a_third_more(), Within("pdu", "N07P2"), figures=in_force(), with_trust=True, with_names=False)
    assert beside.trust is not None
    assert (beside.trust.newly_above, beside.whole.newly_above, beside.people) == (3, 1, ())
    assert [one.code for one in beside.places] == ["N07T09"]
    assert effect_of(a_third_more(), Within("team", "N07T88"), figures=in_force()).whole.practitioners == 0


def test_the_teams_that_gain_most_come_first_and_those_that_lose_most_last(in_alpha: Trust) -> None:
    extracts.load((extracts.ALICE, extracts.OTHER_PDU, replace(extracts.ELSEWHERE, cases=0)))
    teams = effect_of(a_third_more(), Within(), figures=in_force()).teams_by_change()
    assert [one.code for one in teams] == ["N07T01", "N07T09"]


def test_trying_writes_nothing_and_sends_the_same_few_statements_however_many_people(
    in_alpha: Trust, count_queries: CountQueries
) -> None:
    counts = []
    for size in (2, 30):
        extracts.load([extracts.ALICE, *(extracts.Person(f"N07B{n:03}", f"Ann B{n}") for n in range(size))])
        before = list(StoredFigure.objects.order_by("place_id").values())
        runs = FigureRun.objects.count(), WeightVersion.objects.count()
        figures, tried = in_force(), a_third_more()
        with count_queries() as statements:
            effect_of(tried, Within("team", "N07T01"), figures=figures)
        counts.append(statements.count)
        assert list(StoredFigure.objects.order_by("place_id").values()) == before
        assert (FigureRun.objects.count(), WeightVersion.objects.count()) == runs
    assert counts[0] == counts[1] <= 3


def test_a_version_of_a_later_day_comes_into_force_when_the_figures_of_that_day_are_made(in_alpha: Trust) -> None:
    from londonnet.apps.workload.services import adopt_weights

    extracts.load()
    version = adopt_weights(weights=replace(a_third_more(), valid_from=date(2090, 1, 1)))
    assert in_force().weights_version == 1
    recompute(reason="A new day", day=date(2090, 1, 1))
    assert in_force().weights_version == version
    recompute(reason="A test", day=DAY)


@pytest.mark.usefixtures("in_alpha")
def test_a_post_for_unallocated_cases_counts_points_and_is_nobody() -> None:
    post = building.key("N07AUTSO", "N07T01")
    building.extract({ALICE: Entry({("community", 6): 30}), post: Entry({("community", 6): 50})})
    recompute(reason="A test", day=DAY)
    for within in (Within(), Within("team", "N07T01")):
        effect = effect_of(a_third_more(), within, figures=in_force())
        assert (effect.whole.practitioners, effect.whole.above_before, effect.whole.above) == (1, 1, 1)
        assert effect.whole.held_before == 80 * 115
        assert sum(column.after for column in effect.columns) == 1
        assert post.om_key not in {one.om_key for one in effect.people}
