"""What the pages say."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from londonnet.apps.caseload.models import CaseCount, Sheet
from londonnet.apps.workload.tests import extracts
from londonnet.apps.workload.tests.reading import Structure, names_in_order, text_of
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]

PAGES = (
    "/workload/trust",
    "/workload/region/N07R1",
    "/workload/pdu/N07P1",
    "/workload/team/N07T01",
    "/workload/people?within=pdu:N07P1",
    "/workload/practitioner/N07A001/N07T01",
)
TEAM = [
    person.name
    for person in (extracts.ALICE, extracts.WITHIN, extracts.BELOW, extracts.NOT_MEASURED, extracts.NONE_LEFT)
]


@pytest.fixture
def in_two_teams(alpha: Trust) -> Trust:
    """Alpha, where Alice works in two teams."""
    with trust_scope(alpha):
        extracts.load((*extracts.EVERYBODY, extracts.ALICE_ELSEWHERE))
    return alpha


def test_a_team_page_lists_everybody_of_the_team_and_nobody_else(loaded: Trust, browse: Browse, bob: "User") -> None:
    page = text_of(browse(loaded, bob), "/workload/team/N07T01")
    assert names_in_order(page, *TEAM, extracts.ELSEWHERE.name) == TEAM


def test_a_team_page_gives_each_figure_with_its_state(loaded: Trust, browse: Browse, bob: "User") -> None:
    page = text_of(browse(loaded, bob), "/workload/team/N07T01")
    rows = dict(zip(TEAM, page[page.index("<tbody") :].split("</tr>"), strict=False))
    assert "150%" in rows["Alice Abara"]
    assert "above the 90 to 110% band" in rows["Alice Abara"]
    assert "106%" in rows["Bashir Blum"]
    assert "26%" in rows["Chidi Cole"]
    assert "Incomplete" in rows["Chidi Cole"]
    assert "Not measured" in rows["Doreen Dale"]
    assert "0%" not in rows["Doreen Dale"]
    assert "No capacity left" in rows["Ewa Engel"]
    assert "Incomplete" not in rows["Ewa Engel"]


def test_a_team_page_says_as_at_when_and_from_what(loaded: Trust, browse: Browse, bob: "User") -> None:
    page = text_of(browse(loaded, bob), "/workload/team/N07T01")
    assert "As at <time" in page
    assert "from the national extract of 20 November 2026, weights version 1" in page


@pytest.mark.parametrize(
    ("url", "child"),
    [
        ("/workload/trust", "/workload/region/N07R1"),
        ("/workload/region/N07R1", "/workload/pdu/N07P1"),
        ("/workload/pdu/N07P1", "/workload/team/N07T01"),
        ("/workload/team/N07T01", "/workload/practitioner/N07A001/N07T01"),
    ],
)
def test_each_level_is_one_click_from_the_next(
    loaded: Trust, browse: Browse, head: "User", url: str, child: str
) -> None:
    browser = browse(loaded, head)
    assert f'href="{child}"' in text_of(browser, url)
    assert browser.get(child).status_code == 200


def test_the_headline_of_a_place_is_the_ratio_of_the_sums_and_names_what_cannot_be_measured(
    loaded: Trust, browse: Browse, head: "User"
) -> None:
    page = text_of(browse(loaded, head), "/workload/pdu/N07P1")
    # 77 cases of 115 points; 2,067 + 2,176 + 2,176 + 2,176 available.
    assert "103.0%" in page
    assert "8,855 points held against 8,595 available: within the band of 90 to 110%." in page
    assert "Points held by people who can’t be measured" in page
    assert ">575<" in page
    assert "2 people" in page


@pytest.mark.parametrize(
    ("band", "name"),
    [
        ("above", "Alice Abara"),
        ("within", "Bashir Blum"),
        ("below", "Chidi Cole"),
        ("not-measured", "Doreen Dale"),
        ("no-capacity-left", "Ewa Engel"),
    ],
)
def test_each_number_of_the_spread_opens_to_those_people(
    loaded: Trust, browse: Browse, bob: "User", band: str, name: str
) -> None:
    browser = browse(loaded, bob)
    url = f"/workload/people?within=team:N07T01&band={band}"
    assert f'href="{url.replace("&", "&amp;")}"' in text_of(browser, "/workload/team/N07T01")
    assert names_in_order(text_of(browser, url), *TEAM) == [name]


def test_points_not_measured_open_to_everybody_without_anything_available(
    loaded: Trust, browse: Browse, bob: "User"
) -> None:
    page = text_of(browse(loaded, bob), "/workload/people?within=team:N07T01&band=nothing-available")
    assert names_in_order(page, *TEAM) == ["Doreen Dale", "Ewa Engel"]


@pytest.mark.parametrize("list_url", ["/workload/team/N07T01?", "/workload/people?within=team:N07T01&"])
@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", "ABCDE"),
        ("-name", "EDCBA"),
        ("-capacity", "ABCDE"),
        ("capacity", "CBADE"),
        ("cases", "DECBA"),
        ("grade", "ABCED"),
        ("shoe-size", "ABCDE"),
        ("-", "ABCDE"),
    ],
)
def test_lists_are_sorted_by_the_server_with_those_without_a_number_last(
    loaded: Trust, browse: Browse, bob: "User", list_url: str, sort: str, expected: str
) -> None:
    page = text_of(browse(loaded, bob), f"{list_url}sort={sort}")
    assert "".join(name[0] for name in names_in_order(page, *TEAM)) == expected


def test_sorting_keeps_the_filter(loaded: Trust, browse: Browse, bob: "User") -> None:
    page = text_of(browse(loaded, bob), "/workload/people?within=team:N07T01&band=above")
    assert 'href="?within=team%3AN07T01&amp;band=above&amp;sort=-capacity"' in page


def test_a_list_comes_fifty_at_a_time(alpha: Trust, browse: Browse, head: "User") -> None:
    with trust_scope(alpha):
        extracts.load(extracts.Person(f"N07B{n:03}", f"Person{n:03} Test") for n in range(53))
    browser = browse(alpha, head)
    assert text_of(browser, "/workload/people?within=trust").count('scope="row"') == 50
    assert text_of(browser, "/workload/people?within=trust&page=2").count('scope="row"') == 3
    assert text_of(browser, "/workload/people?within=trust&page=99").count('scope="row"') == 3
    assert text_of(browser, "/workload/people?within=trust&page=-1").count('scope="row"') == 50


def test_the_working_is_given_line_by_line(loaded: Trust, browse: Browse, bob: "User") -> None:
    page = text_of(browse(loaded, bob), "/workload/practitioner/N07A001/N07T01")
    assert "27 cases × 115" in page
    cases = "/cases?practitioner=N07A001&amp;team=N07T01&amp;tier=B2&amp;active=yes&amp;location=community"
    assert f'href="{cases}">Community B2</a>' in page
    assert "2,176 × (37 − 1.85) / 37" in page
    assert "100 × 3,105 / 2,067" in page
    assert "Reports due in the next 30 days" in page


def test_somebody_in_two_teams_has_a_figure_in_each(in_two_teams: Trust, browse: Browse, head: "User") -> None:
    browser = browse(in_two_teams, head)
    page = text_of(browser, "/workload/practitioner/N07A001")
    assert "works in 2 teams" in page
    for team in ("N07T01", "N07T02"):
        assert f'href="/workload/practitioner/N07A001/{team}"' in page
    assert "2,176 × (7.4 − 0) / 37" in text_of(browser, "/workload/practitioner/N07A001/N07T02")


def test_somebody_in_one_team_is_shown_there_at_once(loaded: Trust, browse: Browse, head: "User") -> None:
    answer = browse(loaded, head).get("/workload/practitioner/N07A001")
    assert answer.headers["Location"] == "/workload/practitioner/N07A001/N07T01"


def test_my_workload_speaks_to_me_and_has_a_tab_for_each_team(
    in_two_teams: Trust, browse: Browse, alice: "User"
) -> None:
    browser = browse(in_two_teams, alice)
    page = text_of(browser, "/workload/mine")
    assert "You hold 3,105 points; your hours allow for 2,067." in page
    assert "It says nothing about how well you work." in page
    assert 'href="/workload/mine?team=N07T02"' in page
    assert "You hold 460 points; your hours allow for 435." in text_of(browser, "/workload/mine?team=N07T02")


def test_my_workload_has_the_tab_of_custody_cases_for_whoever_holds_them(
    loaded: Trust, browse: Browse, alice: "User"
) -> None:
    browser, tab = browse(loaded, alice), 'href="/workload/practitioner/N07A001/N07T01/omic"'
    assert tab not in text_of(browser, "/workload/mine")
    with trust_scope(loaded):
        CaseCount.objects.filter(place__practitioner__om_key="N07A001").update(sheet=Sheet.OMIC)
    assert tab in text_of(browser, "/workload/mine")


@pytest.mark.parametrize(
    ("om_key", "words"),
    [
        ("N07A002", "Your work and your hours fit each other."),
        ("N07A003", "There may be room for more"),
        ("N07A004", "Your grade has no full hours to measure against"),
        ("N07A005", "Your reductions take all your hours, so no capacity is left."),
    ],
)
def test_my_workload_says_what_my_figure_means(
    loaded: Trust, browse: Browse, make_user: Callable[..., "User"], om_key: str, words: str
) -> None:
    user = make_user(loaded, "one@example.org", ("practitioner", "own", ""), staff_key=om_key)
    assert words in text_of(browse(loaded, user), "/workload/mine")


@pytest.mark.parametrize("url", [*PAGES, "/workload/trust/history", "/workload/excessive?within=trust"])
def test_the_live_part_alone_is_the_same_markup_as_in_the_page(
    loaded: Trust, browse: Browse, head: "User", url: str
) -> None:
    browser = browse(loaded, head)
    sign = "&" if "?" in url else "?"
    fragment = text_of(browser, f"{url}{sign}fragment=figures")
    assert fragment.startswith('<div id="figures" data-live-topics="workload:')
    assert fragment in text_of(browser, url)
    assert "<html" not in fragment


@pytest.mark.parametrize("url", PAGES)
def test_pages_are_built_so_that_assistive_technology_can_read_them(
    loaded: Trust, browse: Browse, head: "User", url: str
) -> None:
    structure = Structure(text_of(browse(loaded, head), url))
    assert structure.levels.count(1) == 1
    steps = zip(structure.levels, structure.levels[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps), structure.levels
    assert structure.unscoped == []
    assert len(structure.ids) == len(set(structure.ids))


@pytest.mark.parametrize("url", PAGES)
def test_every_number_is_explained_and_no_page_prints_a_none(
    loaded: Trust, browse: Browse, head: "User", url: str
) -> None:
    page = text_of(browse(loaded, head), url)
    assert "What these numbers mean" in page
    assert ">None<" not in page
    assert "style=" not in page
