"""Numbers by practitioner, place and grade: they agree with what they count, and with each other."""

from datetime import date
from typing import Final

import pytest

from londonnet.apps.caseload.models import Case, CaseCount, Location, RosterEntry, Sheet, Snapshot, T2aEvent
from londonnet.apps.workload.models import KeptDay
from londonnet.apps.workload.selectors import EVERYWHERE, Within, figures_in_force
from londonnet.apps.workload.selectors.caseloads import held_by_tier, tiers_of
from londonnet.apps.workload.selectors.everyone import Everyone
from londonnet.apps.workload.selectors.headings import heading_of
from londonnet.apps.workload.selectors.numbers import By, Counted, Numbers, Wanted, numbers
from londonnet.apps.workload.selectors.progress import PROGRESS
from londonnet.apps.workload.selectors.reports import reports_of
from londonnet.apps.workload.services import keep_day, recompute

from . import building
from .building import ALICE, DAY, Entry, key

pytestmark = pytest.mark.usefixtures("in_alpha")

B2, A3_CUSTODY, B2_SUSPENDED, NO_TIER = ("community", 6), ("custody", 1), ("community", 22), ("licence", 0)
BEN, CARL, DORA = key("N07A002", "N07T01"), key("N07A003", "N07T02"), key("N07A004", "N07T09")
ENTRIES: Final = {
    ALICE: Entry({B2: 20, A3_CUSTODY: 3}, t2a={B2: 2}, sdr=1),
    BEN: Entry({B2_SUSPENDED: 4, NO_TIER: 1}, grade="PSO"),
    CARL: Entry({B2: 7}, grade="", conversions=2),
    DORA: Entry(t2a={A3_CUSTODY: 5}, only_omic=True),
}


@pytest.fixture
def extract(in_alpha: object) -> Snapshot:
    """Two PDUs: Alice and Ben in one, Carl in the other, and Dora in custody."""
    building.team("N07T02", "N07P2", "N07R1")
    building.team("N07T09", "N07P2", "N07R1")
    made = building.extract(ENTRIES)
    # Whom offender management in custody alone names has counts of no other sheet.
    CaseCount.objects.filter(place=building.place(DORA)).exclude(sheet=Sheet.OMIC).delete()
    recompute(reason="A test", day=DAY)
    return made


def read(counted: Counted, by: By, within: Within = EVERYWHERE, **wanted: object) -> Numbers:
    """The numbers of those in the figures."""
    figures = figures_in_force()
    assert figures is not None
    return numbers(Everyone(within, figures.snapshot_id), Wanted(by, **wanted), counted)  # type: ignore[arg-type]


def tiers(*names: str) -> Counted:
    """Filtered cases."""
    figures = figures_in_force()
    assert figures is not None
    return tiers_of(Everyone(EVERYWHERE, figures.snapshot_id), Sheet.FILTERED, names)


def values(found: Numbers, name: str) -> dict[str, int]:
    """One number of each row."""
    return {row.code: row.numbers[name] for row in found.rows}


@pytest.mark.usefixtures("extract")
def test_cases_are_counted_by_tier_and_location_and_add_up_on_every_level() -> None:
    found = read(tiers("b2", "custody-a3"), "practitioner")
    assert values(found, "cases") == {"N07A001": 23, "N07A002": 5, "N07A003": 7}
    assert values(found, "b2") == {"N07A001": 20, "N07A002": 0, "N07A003": 7}
    assert values(found, "custody-a3") == {"N07A001": 3, "N07A002": 0, "N07A003": 0}
    alice, ben, _ = found.rows
    assert (alice.numbers["a"], alice.numbers["b"], alice.numbers["t2a"]) == (3, 20, 2)
    assert (ben.numbers["suspended"], ben.numbers["untiered"], ben.numbers["b"]) == (4, 1, 0)
    levels: tuple[By, ...] = ("team", "pdu", "region", "grade")
    for by in levels:
        many = read(tiers("b2", "custody-a3"), by)
        assert many.together == found.together
        assert many.grades == found.grades
        assert sum(values(many, "cases").values()) == 35
    assert values(read(tiers(), "grade"), "cases") == {"PO": 23, "PSO": 5, "": 7}
    assert values(read(tiers(), "team", Within("pdu", "N07P1")), "cases") == {"N07T01": 28}


@pytest.mark.usefixtures("extract")
def test_the_grid_holds_the_same_cases_as_the_rows() -> None:
    figures = figures_in_force()
    assert figures is not None
    for within in (EVERYWHERE, Within("pdu", "N07P1"), Within("team", "N07T02")):
        cases, t2a = held_by_tier(Everyone(within, figures.snapshot_id), Sheet.FILTERED)
        rows = read(tiers(), "practitioner", within)
        assert cases.of(range(33)) == rows.together.numbers["cases"]
        assert t2a.of(range(33)) == rows.together.numbers["t2a"]
        assert sum(row.numbers["cases"] for row in rows.grades) == cases.of(range(33))
        assert cases.of(range(17, 33)) == rows.together.numbers["suspended"]


@pytest.mark.usefixtures("extract")
def test_rows_come_sorted_and_in_pages_and_beyond_the_last_page_stands_the_last() -> None:
    found = read(tiers(), "practitioner", sort="cases", descending=True, size=2)
    assert ([row.code for row in found.rows], found.count) == (["N07A001", "N07A003"], 3)
    assert found.together.numbers["cases"] == 35
    for page in (2, 9):
        assert [row.code for row in read(tiers(), "practitioner", page=page, size=2).rows] == ["N07A003"]
    # A grade that isn't given stands last either way.
    for descending in (True, False):
        assert read(tiers(), "practitioner", sort="grade", descending=descending).rows[-1].code == "N07A003"


def test_the_end_of_a_month_is_read_as_it_was(extract: Snapshot) -> None:
    day = date(2026, 10, 31)
    recompute(reason="A test", day=day)
    keep_day(day=day)
    CaseCount.objects.filter(snapshot=extract).delete()
    then = Everyone(EVERYWHERE, extract.pk, month_end=day)
    found = numbers(then, Wanted("practitioner"), tiers_of(then, Sheet.FILTERED, ["b2"]))
    assert values(found, "cases") == {"N07A001": 23, "N07A002": 5, "N07A003": 7}
    of_teams = numbers(then, Wanted("team"), tiers_of(then, Sheet.FILTERED))
    assert values(of_teams, "cases") == {"N07T01": 28, "N07T02": 7}
    assert held_by_tier(then, Sheet.FILTERED)[0].of((6,)) == 27
    heading = heading_of("trust", "")
    assert heading is not None
    assert heading.month_ends == (day,)
    assert KeptDay.objects.count() == 1


def test_progress_counts_what_the_list_of_cases_flags(extract: Snapshot) -> None:
    places = {who: place.pk for who in ENTRIES for place in [building.place(who)]}
    for number, who in enumerate((ALICE, ALICE, BEN, DORA)):
        Case.objects.create(
            snapshot=extract,
            crn=f"X{number}",
            place_id=places[who],
            tier=6,
            location=Location.COMMUNITY,
            is_warrant=number != 1,
            is_priority=number == 1,
        )
    for event in ("1", "2"):
        T2aEvent.objects.create(snapshot=extract, crn="X0", event_no=event)
    RosterEntry.objects.filter(place_id=places[BEN]).update(community_first_16_weeks=4)
    everyone = Everyone(EVERYWHERE, extract.pk).with_everybody()
    found = numbers(everyone, Wanted("practitioner"), PROGRESS)
    assert values(found, "warrant") == {"N07A001": 1, "N07A002": 1, "N07A003": 0, "N07A004": 1}
    assert values(found, "priority") == {"N07A001": 1, "N07A002": 0, "N07A003": 0, "N07A004": 0}
    assert values(found, "t2a") == {"N07A001": 1, "N07A002": 0, "N07A003": 0, "N07A004": 0}
    assert found.together.numbers["cases"] == Case.objects.count()
    assert found.together.numbers["community_first_16_weeks"] == 4
    one_team = Everyone(Within("team", "N07T01"), extract.pk).with_everybody()
    assert numbers(one_team, Wanted("practitioner"), PROGRESS).together.numbers["warrant"] == 2


@pytest.mark.usefixtures("extract")
def test_reports_are_counted_with_the_points_of_the_figures() -> None:
    figures = figures_in_force()
    assert figures is not None
    found = read(reports_of(figures.run_id), "practitioner")
    assert values(found, "points") == {"N07A001": 138, "N07A002": 0, "N07A003": 130}
    assert found.together.numbers["due"] == 3 * 2


@pytest.mark.usefixtures("extract")
def test_only_places_with_custody_cases_offer_them() -> None:
    offered = {
        code: heading.has_omic
        for level, code in (
            ("trust", ""),
            ("region", "N07R1"),
            ("pdu", "N07P2"),
            ("team", "N07T09"),
            ("team", "N07T02"),
        )
        for heading in [heading_of(level, code)]  # type: ignore[arg-type]
        if heading
    }
    assert offered == {"": True, "N07R1": True, "N07P2": True, "N07T09": True, "N07T02": False}
    assert heading_of("team", "nowhere") is None
