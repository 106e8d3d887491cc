"""Journeys through the product in a browser: a workbook dropped on a page, and every page checked."""

import re

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from .conftest import WIDE, Product, SignIn
from .faults import faults, faults_at

_MOST_TABS = 80
PAGES = {
    "practitioner": [
        "/",
        "/staff",
        "/account",
        "/account/tokens",
        "/api/docs",
        "/search?q=team",
        "/help",
        "/accessibility",
    ],
    "team manager": [
        "/",
        "/workload",
        "/national",
        "/staff",
        "/search?q=tam",
        "/cases?team={team}",
        "/teams/{team}",
    ],
    "head of service": [
        "/",
        "/national/loads/1",
        "/national/loads/1/quarantine",
        "/national",
        "/staff",
    ],
    "hr": [
        "/",
        "/workload/reductions/1",
        "/workload/reductions/1/change",
        "/workload/reasons/1",
        "/workload/reasons/add",
        "/notices",
        "/notices/settings",
    ],
    "administrator": ["/", "/users", "/users/add", "/users/1", "/outbox", "/national"],
    "auditor": ["/", "/audit", "/audit/1"],
}


def figures(page: Page) -> str:
    """Everything that the page says in its figures."""
    return page.locator("main [data-live-topics]").first.inner_text()


def test_a_workbook_dropped_on_a_page_changes_the_figures_in_another_window(sign_in: SignIn, product: Product) -> None:
    manager = sign_in("team manager")
    manager.goto("/workload")
    expect(manager.get_by_role("heading", level=1)).to_be_visible()
    watching = manager.context.new_page()
    watching.goto(manager.url)
    before = figures(watching)
    assert re.search(r"\d+(\.\d)?%", before)

    manager.get_by_role("link", name="National extract", exact=True).click()
    manager.locator("input[type=file]").set_input_files(product.next_workbook)
    manager.get_by_role("button", name="Load the workbook").click()
    manager.wait_for_url(re.compile("/jobs/"))
    expect(manager.get_by_text(re.compile("Done"))).to_be_visible(timeout=60_000)
    watching.wait_for_function(
        "before => document.querySelector('main [data-live-topics]').innerText !== before", arg=before, timeout=20_000
    )

    manager.get_by_role("link", name=re.compile("report|See", re.IGNORECASE)).first.click()
    expect(manager.get_by_role("heading", level=1)).to_contain_text("Extract of")
    expect(manager.get_by_text("What changed")).to_be_visible()


def test_the_same_workbook_again_changes_nothing_and_says_so(sign_in: SignIn, product: Product) -> None:
    manager = sign_in("team manager")
    for _ in range(2):
        manager.goto("/national")
        manager.locator("input[type=file]").set_input_files(product.next_workbook)
        manager.get_by_role("button", name="Load the workbook").click()
        manager.wait_for_url(re.compile("/jobs/"))
        expect(manager.get_by_text(re.compile("Done"))).to_be_visible(timeout=60_000)
    manager.get_by_role("link", name=re.compile("report|See", re.IGNORECASE)).first.click()
    expect(manager.get_by_text("Nothing was changed")).to_be_visible()


def test_a_file_that_is_no_workbook_is_refused_in_plain_words(sign_in: SignIn) -> None:
    manager = sign_in("team manager")
    manager.goto("/national")
    manager.locator("input[type=file]").set_input_files(
        {"name": "extract.xlsx", "mimeType": "text/csv", "buffer": b"om_key,team_code\nN07A001,N07T01\n"}
    )
    manager.get_by_role("button", name="Load the workbook").click()
    manager.wait_for_url(re.compile("/jobs/"))
    expect(manager.get_by_text("Stopped")).to_be_visible(timeout=60_000)
    expect(manager.locator("main")).to_contain_text(re.compile("workbook|xlsx"))


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on something of that name, as a person would."""
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(e => (e.getAttribute('aria-label') || e.labels?.[0]?.innerText || e.innerText || e.value || '').trim())"
            "(document.activeElement)"
        )
        if re.fullmatch(name, focused, re.IGNORECASE):
            return
    pytest.fail(f"Tab never came to {name!r}")


def test_a_manager_finds_who_is_above_110_without_a_mouse(chromium: Browser, product: Product) -> None:
    page = chromium.new_page(viewport=WIDE, base_url=product.address)  # type: ignore[arg-type]
    email, password = product.sign_ins["team manager"]
    page.goto("/")
    tab_to(page, "Email address")
    page.keyboard.type(email)
    tab_to(page, "Password")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_url(product.address + "/")
    tab_to(page, "Skip to main content")
    tab_to(page, "Workload")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/workload/team/"))
    red = page.locator("tbody tr").filter(has_text=re.compile(r"1[1-9]\d%")).first
    name = red.get_by_role("rowheader").get_by_role("link").inner_text()
    tab_to(page, re.escape(name))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/workload/practitioner/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_the_focus_is_always_seen(chromium: Browser, product: Product) -> None:
    page = chromium.new_page(viewport=WIDE, base_url=product.address)  # type: ignore[arg-type]
    page.goto("/sign-in")
    for _ in range(8):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "(s => s.outlineStyle !== 'none' || s.boxShadow !== 'none' || s.backgroundColor !== 'rgba(0, 0, 0, 0)')"
            "(getComputedStyle(document.activeElement))"
        )
        assert outline


def addresses(page: Page, role: str) -> list[str]:
    """The pages of a role, with the demo manager's own team filled in."""
    if role != "team manager":
        return PAGES[role]
    page.goto("/workload")
    team = page.url.rstrip("/").rsplit("/", 1)[-1]
    return [address.format(team=team) for address in PAGES[role]]


@pytest.mark.parametrize("role", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(role: str, sign_in: SignIn, product: Product) -> None:
    page = sign_in(role)
    strangers: list[str] = []

    def watch(request: Request) -> None:
        if not request.url.startswith(("http://localhost", "blob:", "data:")):
            strangers.append(request.url)

    page.on("request", watch)
    assert [fault for address in addresses(page, role) for fault in faults_at(page, address)] == []
    assert strangers == []


def test_pages_for_those_who_are_not_signed_in(sign_in: SignIn, product: Product) -> None:
    page = sign_in("practitioner").context.browser.new_page(base_url=product.address)  # type: ignore[union-attr]
    for address in ("/sign-in", "/password/reset", "/accessibility", "/nothing-here"):
        page.goto(address)
        assert faults(page) == [], address


def test_demo_passwords_are_made_at_random(product: Product) -> None:
    passwords = [password for _, password in product.sign_ins.values()]
    assert len(set(passwords)) == len(PAGES) == 6
    assert all(len(password) >= 12 for password in passwords)
    assert (product.home / "demo-sign-ins.json").stat().st_mode & 0o077 == 0
