"""Adding a reduction takes few steps, and its pages few statements."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.test import Client

from londonnet.apps.workload import services
from londonnet.apps.workload.models import Reduction, ReductionReason
from londonnet.apps.workload.tests import extracts
from londonnet.apps.workload.tests.reading import text_of
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
MOST_STEPS: Final = 6
MOST_STATEMENTS: Final = 12
FIXING_THE_MOMENT: Final = 1


def test_a_reduction_is_added_in_six_steps_from_the_home_page(alpha: Trust, browse: Browse, bob: "User") -> None:
    with trust_scope(alpha):
        extracts.load()
        nqo = str(ReductionReason.objects.get(short_name="NQO").pk)
    browser, steps = browse(alpha, bob), 0
    assert 'href="/workload/reductions/add"' in text_of(browser, "/")
    page = text_of(browser, "/workload/reductions/add")
    steps += 2  # a click, and the form
    form = hidden(page) | {"who": "N07A002/N07T01", "reason": nqo}
    assert form["first_day"]
    steps += 2  # two fields; the script fills in the others from the reason, as here
    part = browser.post("/workload/reductions/add", {**form, "do": "show"}, headers={"HX-Request": "true"})
    form |= hidden(part.content.decode())
    answer = browser.post("/workload/reductions/add", form)
    steps += 1  # a click
    assert "The reduction is saved" in text_of(browser, answer["Location"])
    steps += 1  # the page that says so
    with trust_scope(alpha):
        saved = Reduction.objects.get(place__practitioner__om_key="N07A002")
    assert (saved.hours, saved.last_day is not None) == (Decimal("7.4"), True)
    assert steps <= MOST_STEPS


def hidden(page: str) -> dict[str, str]:
    """The inputs of the page's form with what stands in them."""
    inputs = re.findall(r"<input[^>]*>", page[page.find('id="reduction"') :] if 'id="reduction"' in page else page)
    named = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in inputs]
    return {name[1]: unescape(value[1]) for name, value in named if name and value}


PAGES = (
    "/workload/reductions?within=trust",
    "/workload/reductions?within=team:N07T01&status=active",
    "/workload/reductions?within=practitioner:N07B001",
    "/workload/reductions/add",
    "/workload/reductions/add?who=N07B001/N07T02",
    "/workload/reductions/{number}",
    "/workload/reductions/{number}/change",
    "/workload/practitioner/N07B001/N07T02/hours",
    "/workload/reasons",
    "/workload/staffing-files",
    "/workload/stayed-behind",
)


@pytest.mark.parametrize("url", PAGES)
def test_a_page_sends_the_same_few_statements_however_many_rows_it_shows(
    alpha: Trust,
    browse: Browse,
    hr: "User",
    count_queries: Callable[[], AbstractContextManager[Any]],
    url: str,
) -> None:
    counts = []
    for size in (3, 40):
        with trust_scope(alpha):
            extracts.load(crowd(size))
            number = changed_often(size)
        browser = browse(alpha, hr)
        browser.get(url.format(number=number))
        with count_queries() as statements:
            text_of(browser, url.format(number=number))
        counts.append(statements.count)
    assert counts[0] == counts[1]
    assert counts[1] + FIXING_THE_MOMENT <= MOST_STATEMENTS, "\n".join(statements.texts)


def crowd(size: int) -> list[extracts.Person]:
    return [
        extracts.Person(
            f"N07B{n:03}",
            f"Forename{n:03} Surname",
            team_code=f"N07T0{n % 5 + 1}",
            hours=Decimal(30),
            reductions={"NQO": Decimal(3), "Pregnancy": Decimal(1)},
        )
        for n in range(size)
    ]


def changed_often(times: int) -> int:
    """A reduction of the second person, changed so many times."""
    held = Reduction.objects.filter(place__practitioner__om_key="N07B001", superseded_by=None).latest("id")
    for n in range(times):
        wanted = services.ReductionWanted(held.reason_id, Decimal(2 + n % 2), held.first_day, None, f"{n}")
        held = services.change_reduction(version=held.pk, wanted=wanted)
    return held.pk
