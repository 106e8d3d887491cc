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
    "/notices",
    "/notices/settings",
)
_TEAM: Final = (
    *(f"/workload/team/{{team}}{page}" for page in _OF_A_PLACE),
    "/workload/team/{team}/history?by=practitioner",
    "/workload/excessive?within=team:{team}",
    "/workload/people?within=team:{team}",
    *(f"/workload/practitioner/{{key}}/{{team}}{page}" for page in ("", "/history", "/hours")),
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
    "practitioner": ("/", "/workload/mine", "/notices", "/account/tokens", "/api/docs"),
    "hr": ("/workload/reductions", "/workload/reductions/add?q=a", "/workload/reasons"),
    "administrator": ("/workload/weights", "/workload/weights/try", "/workload/reductions"),
}


def whose(page: Page) -> dict[str, str]:
    """The manager's team, and the key of whoever stands furthest above 110% in it."""
    link = page.locator("#tile-workload li a").first.get_attribute("href") or ""
    *_, key, team = link.split("/")
    return {"team": team, "key": key}


@pytest.mark.parametrize("role", PAGES)
def test_axe_finds_nothing_on_the_pages_of_the_workload_tool(role: str, sign_in: SignIn) -> None:
    page = sign_in(role)
    named = whose(page) if role == "team manager" else {}
    assert [fault for address in PAGES[role] for fault in faults_at(page, address.format(**named))] == []


def test_axe_finds_nothing_on_the_pages_that_a_button_leads_to(sign_in: SignIn) -> None:
    manager, practitioner = sign_in("team manager"), sign_in("practitioner")
    practitioner.goto("/workload/mine")
    mistake = practitioner.get_by_role("link", name="Report a mistake").first.get_attribute("href") or ""
    found = faults_at(practitioner, mistake)
    manager.locator("#tile-waiting button").first.click()
    manager.wait_for_url("**/allocation/choose/*")
    found += faults_at(manager, manager.url)
    assert found == []
