"""Axe on the pages of the Workload Management Tool, for those who have them, wide and narrow."""

from typing import Final

import pytest
from playwright.sync_api import Page

from .conftest import SignIn
from .faults import faults_at

_OF_A_PLACE: Final = ("", "/history", "/caseload", "/progress", "/reports", "/omic")
_ALLOCATION: Final = ("", "/differences", "/history")
_TRUST: Final = (
    *(f"/workload/trust{page}" for page in _OF_A_PLACE),
    "/workload/trust?by=grade",
    "/workload/region/{region}",
    "/workload/pdu/{pdu}",
    "/workload/trust/history?by=region",
    "/workload/excessive?within=trust",
    "/workload/excessive?within=trust&by=team&weeks=0",
    "/workload/people?within=trust&band=above",
    "/workload/reductions?within=trust",
    *(f"/workload/allocation{page}" for page in _ALLOCATION),
    "/workload/weights",
    "/workload/weights/1",
    "/workload/weights/try",
    "/lists/workload.people/views",
)
_TEAM: Final = (
    *(f"/workload/team/{{team}}{page}" for page in _OF_A_PLACE),
    "/workload/team/{team}/history?by=practitioner",
    "/workload/excessive?within=team:{team}",
    "/workload/people?within=team:{team}",
    *(f"/workload/practitioner/{{key}}/{{team}}{page}" for page in (*_OF_A_PLACE, "/hours", "?as_at=1")),
    "/workload/allocation/from/{key}/{team}",
    "/workload/reductions",
    "/workload/reductions/add",
    "/workload/staffing-files",
    "/workload/stayed-behind",
    *(f"/workload/allocation{page}" for page in _ALLOCATION),
    "/workload/mistakes",
    "/workload/mistakes?state=answered",
    "/workload/weights/try",
    "/notices",
)
PAGES: Final = {
    "head of service": _TRUST,
    "team manager": _TEAM,
    "practitioner": ("/workload/mine",),
    "hr": ("/workload/reductions/add?q=a", "/workload/reasons"),
    "administrator": (
        "/workload/weights",
        "/workload/weights/try",
        "/workload/reductions?within=trust",
        "/workload/history-files",
    ),
}


def whose(page: Page, role: str) -> dict[str, str]:
    """The manager's team and whoever stands furthest above 110% in it, or a region of the head's and a PDU in it."""
    if role == "team manager":
        *_, key, team = _leads(page, "#tile-workload li a").split("/")
        return {"team": team, "key": key}
    if role != "head of service":
        return {}
    page.goto("/workload/trust")
    region = _leads(page, "#table tbody a")
    page.goto(region)
    return {"region": region.rpartition("/")[2], "pdu": _leads(page, "#table tbody a").rpartition("/")[2]}


def _leads(page: Page, where: str) -> str:
    return page.locator(where).first.get_attribute("href") or ""


@pytest.mark.parametrize("role", PAGES)
def test_axe_finds_nothing_on_the_pages_of_the_workload_tool(role: str, sign_in: SignIn) -> None:
    page = sign_in(role)
    named = whose(page, role)
    assert [fault for address in PAGES[role] for fault in faults_at(page, address.format(**named))] == []


def test_axe_finds_nothing_on_the_pages_on_which_cases_are_given_away(sign_in: SignIn) -> None:
    page = sign_in("team manager")
    page.goto("/workload/allocation")
    for tick in page.locator("tbody input[type=checkbox]").all()[:2]:
        tick.check()
    page.get_by_role("button", name="Allocate the ticked cases").click()
    page.wait_for_url("**/allocation/choose/*")
    choosing = page.url
    found = faults_at(page, choosing)
    page.get_by_role("button", name="Spread over several people").click()
    page.wait_for_url("**/allocation/spread/*")
    found += faults_at(page, page.url)
    page.goto(choosing)
    page.locator("#to input").first.check()
    page.get_by_role("button", name="Allocate", exact=True).click()
    page.wait_for_url("**/allocation/moved/*")
    found += faults_at(page, page.url)
    page.get_by_role("button", name="Undo").click()
    assert found == []


def test_axe_finds_nothing_where_a_mistake_is_reported_and_answered(sign_in: SignIn) -> None:
    manager, practitioner = sign_in("team manager"), sign_in("practitioner")
    practitioner.goto("/workload/mine")
    found = faults_at(practitioner, _leads(practitioner, "a[href*='/mine/mistake?']"))
    practitioner.get_by_label("What is wrong with this line").fill("One of these has closed.")
    practitioner.get_by_role("button", name="Send to my manager").click()
    practitioner.wait_for_url("**/workload/mine?team=*")
    manager.goto("/workload/mistakes")
    found += faults_at(manager, _leads(manager, "main a[href^='/workload/mistakes/']"))
    practitioner.get_by_role("button", name="Take this report back").first.click()
    assert found == []


def test_axe_finds_nothing_on_a_draft_of_weights_and_its_proposal(sign_in: SignIn) -> None:
    page = sign_in("head of service")
    page.goto("/workload/weights/try")
    page.get_by_label("Name of the draft").fill("Only to look at")
    page.get_by_role("button", name="Save as a draft").click()
    page.wait_for_url("**/weights/draft/*")
    draft = page.url
    found = faults_at(page, draft) + faults_at(page, f"{draft}/propose")
    page.locator("#reason").fill("To look at it")
    page.get_by_role("button", name="Propose them").click()
    page.wait_for_url("**/weights/proposal/*")
    found += faults_at(page, page.url)
    page.get_by_role("button", name="Withdraw it").click()
    page.goto(draft)
    page.get_by_role("button", name="Throw the draft away").click()
    assert found == []
