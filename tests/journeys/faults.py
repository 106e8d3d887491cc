"""What is wrong with an open page: what axe finds, and what scrolls sideways."""

from playwright.sync_api import Page

from .conftest import AXE

# Style sheets aren't fetched again as text: only an experimental rule, which isn't run, would read them.
_CHECK = "window.axe.run(document, {resultTypes: ['violations'], preload: false})"
_HAS_CHECKER = "window.axe !== undefined"
_SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NARROWEST = 320


def faults(page: Page) -> list[str]:
    """What axe finds on the page that is open."""
    # The page's policy lets no foreign script in; the checker comes through the debugger, which isn't bound by it.
    if not page.evaluate(_HAS_CHECKER):
        page.evaluate(AXE.read_text())
    found = page.evaluate(_CHECK)["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def faults_at(page: Page, address: str) -> list[str]:
    """What axe finds at an address, wide and narrow, and whether it scrolls sideways when it is narrow."""
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        return [f"{address}: {answer.status if answer else 'no answer'}"]
    found = []
    for width in (1280, NARROWEST):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{address} at {width}: {fault}" for fault in faults(page)]
    return [*found, f"{address} scrolls sideways"] if page.evaluate(_SIDEWAYS) > 0 else found
