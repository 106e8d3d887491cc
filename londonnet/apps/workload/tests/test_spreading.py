"""A proposal gives every case once, only to those chosen, and is what one works out by hand."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from londonnet.apps.workload.spreading import Piece, Room, spread

pieces = st.lists(
    st.builds(Piece, st.integers(0, 10**6).map("X{:06}".format), st.integers(0, 219), st.integers(1, 6)),
    max_size=40,
    unique_by=lambda piece: piece.crn,
)
rooms = st.lists(
    st.builds(Room, st.integers(1, 6), st.integers(-50, 3000), st.sampled_from((0, 500, 2176))),
    max_size=6,
    unique_by=lambda room: room.place_id,
)


@given(pieces, rooms, st.none() | st.integers(0, 200))
def test_every_case_goes_once_or_stays_and_nobody_gets_one_who_was_not_chosen(
    cases: list[Piece], people: list[Room], limit: int | None
) -> None:
    found = spread(cases, people, fill_to_percent=limit)
    assert Counter([*found.goes, *found.stay]) == Counter(case.crn for case in cases)
    assert set(found.goes.values()) <= {room.place_id for room in people}
    assert not any(found.goes.get(case.crn) == case.held_by for case in cases)


@given(pieces, rooms, st.integers(0, 200))
def test_nobody_who_can_be_measured_is_filled_above_the_limit(
    cases: list[Piece], people: list[Room], limit: int
) -> None:
    found = spread(cases, people, fill_to_percent=limit)
    points = {case.crn: case.points for case in cases}
    for room in people:
        got = [points[crn] for crn, place_id in found.goes.items() if place_id == room.place_id]
        if got and room.available:
            assert (room.points + sum(got)) * 100 <= limit * room.available


@given(pieces, rooms)
def test_without_a_limit_a_case_stays_only_with_whoever_is_alone(cases: list[Piece], people: list[Room]) -> None:
    found = spread(cases, people)
    others = {case.crn: [room for room in people if room.place_id != case.held_by] for case in cases}
    assert set(found.stay) == {crn for crn, able in others.items() if not able}


@given(pieces, rooms, st.data())
def test_the_order_in_which_cases_and_people_come_changes_nothing(
    cases: list[Piece], people: list[Room], any_order: st.DataObject
) -> None:
    others = any_order.draw(st.permutations(cases)), any_order.draw(st.permutations(people))
    assert spread(*others) == spread(cases, people)


def test_the_heaviest_goes_first_to_the_lowest_capacity_after_it() -> None:
    cases = [Piece("X1", 100, 9), Piece("X2", 200, 9), Piece("X3", 100, 9)]
    people = [Room(1, 1000, 2000), Room(2, 500, 1000), Room(3, 0, 0)]
    assert spread(cases, people).goes == {"X2": 1, "X1": 2, "X3": 1}
    assert spread(cases, people[:2], fill_to_percent=60).goes == {"X2": 1, "X1": 2}
    assert spread(cases, people[:2], fill_to_percent=60).stay == ("X3",)
    assert spread(cases, people, fill_to_percent=60).goes["X3"] == 3
