"""Every page as each role: axe finds nothing, nothing scrolls sideways at 320 pixels, nothing is asked of strangers."""

import pytest
from playwright.sync_api import Page, Request

from .conftest import AXE, Product, SignIn

pytestmark = pytest.mark.xdist_group("product")

PAGES = {
    "practitioner": [
        "/",
        "/workload/mine",
        "/staff",
        "/account",
        "/search?q=team",
        "/help",
        "/accessibility",
    ],
    "team manager": ["/", "/workload", "/national", "/staff", "/search?q=tam", "/cases?team={team}", "/teams/{team}"],
    "head of service": ["/", "/workload/trust", "/workload/people?within=trust&band=above", "/national", "/staff"],
    "hr": ["/", "/workload/trust"],
    "administrator": ["/", "/users", "/users/add", "/outbox", "/national"],
    "auditor": ["/", "/audit"],
}
SERIOUS = "window.axe.run(document, {resultTypes: ['violations']})"


def faults(page: Page) -> list[str]:
    """What axe finds on the page that is open."""
    # The page's policy lets no foreign script in; the checker comes through the debugger, which isn't bound by it.
    page.evaluate(AXE.read_text())
    found = page.evaluate(SERIOUS)["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


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
    for address in addresses(page, role):
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, (role, address, answer.status)
            assert faults(page) == [], (role, address, width)
            if width == 320:
                sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                assert page.evaluate(sideways) <= 0, (role, address)
    assert strangers == []


def test_pages_for_those_who_are_not_signed_in(sign_in: SignIn, product: Product) -> None:
    page = sign_in("practitioner").context.browser.new_page(base_url=product.address)  # type: ignore[union-attr]
    for address in ("/sign-in", "/password/reset", "/accessibility", "/nothing-here"):
        page.goto(address)
        assert faults(page) == [], address
