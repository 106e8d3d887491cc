"""A roster makes the organisation what it says, tells what changed, and forgets nobody."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest

from londonnet.apps.organisation.errors import BrokenRoster
from londonnet.apps.organisation.models import NameChange, Practitioner, PractitionerInTeam, Region, Team
from londonnet.apps.organisation.roster_changes import NAMES_KEPT, Changes
from londonnet.apps.organisation.rosters import apply_roster
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust

from .rosters import many, roster, row

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)
SECOND_TEAM = {"team_code": "N07T02", "team_desc": "Camden Team 2"}
BEN = {"om_key": "N07A002", "om_surname": "Adeyemi", "om_forename": "Ben", "om_grade_code": "Q", "grade": "PSO"}

pytestmark = pytest.mark.usefixtures("in_alpha")


def codes(changes: Changes) -> list[str]:
    return [one.code for one in changes.first]


def test_the_first_roster_makes_the_whole_organisation() -> None:
    change = apply_roster(roster(row(), row(**BEN), row(**BEN, **SECOND_TEAM)), day=MONDAY)

    assert (change.practitioners, change.places) == (2, 3)
    assert codes(change.practitioners_new) == ["N07A002", "N07A001"]
    assert codes(change.teams_new) == ["N07T01", "N07T02"]
    team = Team.objects.select_related("pdu__region", "ldu__pdu").get(code="N07T02")
    assert (team.name, team.pdu.code, team.pdu.region.name) == ("Camden Team 2", "N07P1", "London North")
    assert team.ldu is not None
    assert (team.ldu.code, team.ldu.pdu.code) == ("N07L1", "N07P1")
    place = PractitionerInTeam.objects.get(practitioner__om_key="N07A002", team__code="N07T02")
    assert (place.grade_code, place.grade, place.started_on, place.ended_on) == ("Q", "PSO", MONDAY, None)


def test_names_are_folded_for_sorting_and_searching() -> None:
    apply_roster(roster(row()), day=MONDAY)

    assert Practitioner.objects.get().sort_key == "oneill sahin zoe"
    assert Practitioner.objects.get().full_name == "Zoë O'Neill-Şahin"


def test_the_same_roster_again_changes_nothing() -> None:
    rows = roster(row(), row(**BEN))
    apply_roster(rows, day=MONDAY)
    before = list(PractitionerInTeam.objects.order_by("pk").values())

    change = apply_roster(rows, day=TUESDAY)

    assert list(PractitionerInTeam.objects.order_by("pk").values()) == before
    assert not any(
        getattr(change, name).count for name in change.as_json() if isinstance(getattr(change, name), Changes)
    )


def test_who_is_named_no_more_has_left_and_who_is_named_again_is_back() -> None:
    apply_roster(roster(row(), row(**BEN)), day=MONDAY)

    left = apply_roster(roster(row()), day=TUESDAY)
    assert codes(left.practitioners_left) == ["N07A002"]
    assert PractitionerInTeam.objects.get(practitioner__om_key="N07A002").ended_on == TUESDAY

    back = apply_roster(roster(row(), row(**BEN)), day=WEDNESDAY)
    assert codes(back.practitioners_back) == ["N07A002"]
    assert back.practitioners_new.count == 0
    place = PractitionerInTeam.objects.get(practitioner__om_key="N07A002")
    assert (place.started_on, place.ended_on) == (MONDAY, None)


def test_who_left_one_team_and_joined_another_has_moved() -> None:
    apply_roster(roster(row(), row(**BEN)), day=MONDAY)

    change = apply_roster(roster(row(**SECOND_TEAM), row(**BEN)), day=TUESDAY)

    assert codes(change.practitioners_moved) == ["N07A001"]
    assert change.practitioners_moved.first[0].detail == "from Camden Team 1 (N07T01) to Camden Team 2 (N07T02)"
    assert (change.practitioners_new.count, change.practitioners_left.count) == (0, 0)
    open_teams = PractitionerInTeam.objects.filter(practitioner__om_key="N07A001", ended_on=None)
    assert [place.team.code for place in open_teams.select_related("team")] == ["N07T02"]


def test_who_joins_a_second_team_has_not_moved() -> None:
    apply_roster(roster(row()), day=MONDAY)

    change = apply_roster(roster(row(), row(**SECOND_TEAM)), day=TUESDAY)

    assert (change.practitioners_moved.count, change.practitioners_new.count, change.places) == (0, 0, 2)


def test_a_team_without_staff_is_gone_but_not_forgotten() -> None:
    apply_roster(roster(row(), row(**BEN, **SECOND_TEAM)), day=MONDAY)

    change = apply_roster(roster(row()), day=TUESDAY)

    assert codes(change.teams_gone) == ["N07T02"]
    assert Team.objects.filter(code="N07T02").exists()


def test_new_names_are_taken_and_old_ones_kept_in_the_history() -> None:
    apply_roster(roster(row()), day=MONDAY)

    change = apply_roster(
        roster(row(om_surname="Neill", team_desc="Camden North", region_desc="North London")), day=TUESDAY
    )

    assert change.renamed.count == 3
    assert set(NameChange.objects.values_list("level", "code", "name", "until")) == {
        ("practitioner", "N07A001", "Zoë O'Neill-Şahin", TUESDAY),
        ("team", "N07T01", "Camden Team 1", TUESDAY),
        ("region", "N07R1", "London North", TUESDAY),
    }
    assert Practitioner.objects.get().sort_key == "neill zoe"
    assert (Team.objects.get().search_key, Region.objects.get().name) == ("camden north", "North London")


def test_a_blank_name_changes_nothing_that_is_known() -> None:
    apply_roster(roster(row()), day=MONDAY)

    change = apply_roster(roster(row(om_surname="", om_forename="", team_desc="")), day=TUESDAY)

    assert change.renamed.count == 0
    assert (Practitioner.objects.get().surname, Team.objects.get().name) == ("O'Neill-Şahin", "Camden Team 1")


def test_something_new_without_a_name_is_called_by_its_code() -> None:
    change = apply_roster(roster(row(om_surname="", om_forename="", team_desc="", ldu_code="")), day=MONDAY)

    assert change.practitioners_new.first[0].name == "N07A001"
    assert (str(Practitioner.objects.get()), Practitioner.objects.get().sort_key) == ("N07A001", "n07a001")
    assert (Team.objects.get().name, Team.objects.get().ldu) == ("N07T01", None)


def test_a_team_moves_to_another_pdu_with_its_people() -> None:
    apply_roster(roster(row()), day=MONDAY)

    change = apply_roster(roster(row(pdu_code="N07P2", pdu_desc="Hackney", ldu_code="")), day=TUESDAY)

    assert [(one.code, one.detail) for one in change.places_moved.first] == [
        ("N07T01", "Team, from Camden and Islington to Hackney")
    ]
    assert Team.objects.get().pdu.code == "N07P2"
    assert Team.objects.get().ldu is None
    assert PractitionerInTeam.objects.filter(ended_on=None).count() == 1


def test_of_several_rows_about_one_place_the_last_stands() -> None:
    apply_roster(roster(row(), row(**BEN, pdu_code="N07P2", pdu_desc="Hackney", team_desc="Camden One")), day=MONDAY)

    assert (Team.objects.get().pdu.code, Team.objects.get().name) == ("N07P2", "Camden One")


def test_another_grade_is_taken_over() -> None:
    apply_roster(roster(row()), day=MONDAY)

    apply_roster(roster(row(om_grade_code="C", grade="SPO")), day=TUESDAY)

    assert PractitionerInTeam.objects.get().grade == "SPO"


def test_no_event_is_recorded_because_the_load_records_its_own() -> None:
    before = TrailEntry.objects.count()

    apply_roster(many(20), day=MONDAY)

    assert TrailEntry.objects.count() == before


def test_the_report_names_some_and_counts_all() -> None:
    change = apply_roster(many(NAMES_KEPT + 30), day=MONDAY)

    assert change.practitioners_new.count == NAMES_KEPT + 30
    assert len(change.practitioners_new.first) == NAMES_KEPT
    assert change.as_json()["practitioners_new"]["count"] == NAMES_KEPT + 30  # type: ignore[index]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (roster(row(), row(grade="SPO")), "twice"),
        (roster(row(team_code=" ")), "without team_code"),
        (roster(row(om_surname="x" * 101)), "too long in om_surname"),
        (roster(row()).drop("pdu_desc"), "no columns pdu_desc"),
    ],
)
def test_a_roster_that_its_reader_should_have_held_back_is_refused(rows: Any, said: str) -> None:
    with pytest.raises(BrokenRoster, match=said):
        apply_roster(rows, day=MONDAY)

    assert not Practitioner.objects.exists()


def test_the_number_of_statements_does_not_grow_with_the_rows(
    in_alpha: Trust, count_queries: Callable[[], AbstractContextManager[Any]]
) -> None:
    with count_queries() as few:
        apply_roster(many(10), day=MONDAY)
    with count_queries() as more:
        apply_roster(many(400), day=TUESDAY)

    assert few.count == more.count
    assert few.count < 30
