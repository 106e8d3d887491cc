"""What pages cost, and that their lists agree with the rules."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.test import Client

from londonnet.apps.workload.capacity import band
from londonnet.apps.workload.selectors import Within, figures_in_force, practitioner_rows
from londonnet.apps.workload.selectors.people import Standing, furthest_above, people, spread
from londonnet.apps.workload.tests import extracts
from londonnet.apps.workload.tests.reading import text_of
from londonnet.platform.access.policy import EVERYTHING, Reach
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
CountQueries = Callable[[], AbstractContextManager[Any]]

MOST_STATEMENTS: Final = 12
FIXING_THE_MOMENT: Final = 1
"""`snapshot()` sends one statement more than a test sees, whose transaction is open already."""

PAGES = (
    "/workload/trust",
    "/workload/region/N07R1",
    "/workload/pdu/N07P1",
    "/workload/team/N07T01",
    *(
        f"/workload/{place}/{page}"
        for place in ("trust", "region/N07R1", "pdu/N07P1", "team/N07T01", "practitioner/N07A001/N07T01")
        for page in ("caseload", "progress", "reports", "omic")
    ),
    "/workload/pdu/N07P1?by=grade",
    "/workload/trust/caseload?by=practitioner&sort=-b2",
    "/workload/people?within=trust",
    "/workload/people?within=pdu:N07P1&band=above&sort=-capacity",
    "/workload/people?within=trust&capacity-from=1&grade=PO&columns=name,remaining&sort=-remaining",
    "/workload/team/N07T01?columns=name,capacity",
    "/workload/practitioner/N07A001",
    "/workload/practitioner/N07A001/N07T01",
    "/workload/mine",
)


def crowd(size: int) -> list[extracts.Person]:
    """Alice in two teams, and so many others in five teams, each with hours, a reduction and a row held back."""
    return [
        extracts.ALICE,
        extracts.ALICE_ELSEWHERE,
        *(
            extracts.Person(
                f"N07B{n:03}",
                f"Forename{n:03} Surname",
                team_code=f"N07T0{n % 5 + 1}",
                cases=n + 5,
                hours=Decimal(30),
                reductions={"NQO": Decimal(3)},
                is_incomplete=True,
            )
            for n in range(size)
        ),
    ]


@pytest.mark.parametrize("url", PAGES)
def test_a_page_sends_the_same_few_statements_however_many_rows_it_shows(
    alpha: Trust, browse: Browse, make_user: Callable[..., "User"], count_queries: CountQueries, url: str
) -> None:
    user = make_user(
        alpha, "one@example.org", ("head_of_service", "trust", ""), ("practitioner", "own", ""), staff_key="N07A001"
    )
    counts = []
    for size in (3, 40):
        with trust_scope(alpha):
            extracts.load(crowd(size))
        browser = browse(alpha, user)
        browser.get(url)
        with count_queries() as statements:
            text_of(browser, url)
        counts.append(statements.count)
    assert counts[0] == counts[1]
    assert counts[1] + FIXING_THE_MOMENT <= MOST_STATEMENTS, "\n".join(statements.texts)


def test_the_spread_puts_everybody_where_the_rule_puts_them(in_alpha: Trust) -> None:
    on_the_edges = [extracts.Person(f"N07E{n}", f"Edge {n}", cases=n) for n in range(15, 24)]
    extracts.load((*extracts.EVERYBODY, *on_the_edges))
    figures = figures_in_force()
    assert figures is not None
    for within in (Within(), Within("region", "N07R1"), Within("pdu", "N07P1"), Within("team", "N07T01")):
        stand = [where(row.capacity, row.capacity_note) for row in practitioner_rows(within)]
        counted = spread(within, figures=figures)
        assert {one: stand.count(one) for one in Standing if one is not Standing.NOTHING_AVAILABLE} == {
            one: counted[one] for one in Standing if one is not Standing.NOTHING_AVAILABLE
        }
        for one in Standing:
            assert len(people(within, figures=figures, standing=one)) == counted[one]


def test_lists_of_people_give_the_same_rows_as_the_team(in_alpha: Trust) -> None:
    extracts.load()
    figures = figures_in_force()
    assert figures is not None
    assert list(people(Within("team", "N07T01"), figures=figures)) == practitioner_rows(Within("team", "N07T01"))


def test_those_furthest_above_are_the_highest_within_reach(in_alpha: Trust) -> None:
    extracts.load((*extracts.EVERYBODY, extracts.Person("N07A008", "Hal Hart", team_code="N07T02", cases=40)))
    figures = figures_in_force()
    assert figures is not None

    def named(reach: Reach, most: int = 5) -> list[str]:
        return [row.name for row in furthest_above(reach, figures=figures, most=most)]

    assert named(EVERYTHING) == ["Hal Hart", "Alice Abara"]
    assert named(EVERYTHING, most=1) == ["Hal Hart"]
    assert named(Reach(team_codes=frozenset({"N07T01"}))) == ["Alice Abara"]
    assert named(Reach(pdu_codes=frozenset({"N07P2"}))) == []


def test_the_home_page_has_my_figure_and_those_i_answer_for(
    alpha: Trust, browse: Browse, make_user: Callable[..., "User"]
) -> None:
    with trust_scope(alpha):
        extracts.load()
    grants = (("team_manager", "team", "N07T01"), ("practitioner", "own", ""))
    page = text_of(browse(alpha, make_user(alpha, "one@example.org", *grants, staff_key="N07A002")), "/")
    assert "2,300 points held of 2,176 available, 20 cases" in page
    assert 'data-live-topics="workload:practitioner:N07A002"' in page
    assert 'href="/workload/team/N07T01"' in page
    assert '<a class="govuk-link" href="/workload/practitioner/N07A001/N07T01">Alice Abara</a>, 150%' in page


def where(percent: float | None, note: str | None) -> Standing:
    """Where the rule puts a figure."""
    stands = band(percent)
    if stands is not None:
        return Standing(stands.value)
    return Standing.NO_CAPACITY_LEFT if note == "no capacity left" else Standing.NOT_MEASURED
