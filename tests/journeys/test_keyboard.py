"""With the keyboard alone: sign in, go to a team, open a practitioner, and search."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import WIDE, Product

pytestmark = pytest.mark.xdist_group("product")
_MOST_TABS = 80


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
