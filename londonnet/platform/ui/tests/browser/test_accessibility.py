"""Every component as axe sees it, and as a narrow screen shows it."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from londonnet.platform.ui import assets

from .chart_rows import CHARTS
from .conftest import OpenPage
from .stage import Stage

PATHS = ["/everything", "/charts", "/ui/help", "/ui/accessibility", "/ui/home", "/sign-in"]
ROWS = [("Camden Generic 1", 94.4, ""), ("Haringey Young Adults", 138.9, ""), ("Courses", None, "no capacity left")]


def _findings(tab: Page) -> list[Any]:
    """What axe finds; it is run by the browser's own tools, since the page's policy lets no foreign script in."""
    tools = tab.context.new_cdp_session(tab)
    tools.send("Runtime.evaluate", {"expression": (assets.PACKAGES / "axe-core" / "axe.min.js").read_text()})
    run = "axe.run().then((r) => JSON.stringify(r.violations.map((v) => [v.id, v.nodes.map((n) => n.html)])))"
    answer = tools.send("Runtime.evaluate", {"expression": run, "awaitPromise": True, "returnByValue": True})
    findings: list[Any] = json.loads(answer["result"]["value"])
    return findings


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(stage: Stage, open_page: OpenPage, path: str, width: int) -> None:
    stage.context.update(CHARTS, rows=ROWS)
    stage.signed_out = path == "/sign-in"
    tab = open_page(path)
    tab.set_viewport_size({"width": width, "height": 800})
    tab.wait_for_function("document.querySelectorAll('[data-module]:not(.moj-alert)').length > 0")
    assert _findings(tab) == []


@pytest.mark.parametrize("path", ["/everything", "/charts", "/ui/help", "/ui/home"])
def test_at_320_pixels_nothing_scrolls_sideways_but_a_table(stage: Stage, open_page: OpenPage, path: str) -> None:
    stage.context.update(CHARTS, rows=ROWS)
    tab = open_page(path)
    tab.set_viewport_size({"width": 320, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_nothing_is_asked_of_anybody_else_and_nothing_is_missing(stage: Stage, open_page: OpenPage) -> None:
    stage.context["rows"] = ROWS
    tab = open_page("/ui/home")
    asked: list[tuple[str, int]] = []
    said: list[str] = []
    tab.on("response", lambda response: asked.append((response.url, response.status)))
    tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    tab.goto(f"{stage.address}/everything")
    tab.wait_for_load_state("load")
    assert [entry for entry in asked if not entry[0].startswith(stage.address) or entry[1] >= 400] == []
    assert said == []


@pytest.mark.parametrize("width", [1280, 375])
def test_a_charts_text_keeps_its_size_and_stays_on_the_page(stage: Stage, open_page: OpenPage, width: int) -> None:
    stage.context.update(CHARTS)
    tab = open_page("/charts")
    tab.set_viewport_size({"width": width, "height": 800})
    texts = tab.evaluate(
        """[...document.querySelectorAll(".ln-chart text")].map((text) => [text, text.getBoundingClientRect()])
        .filter(([text, box]) => box.width > 0)
        .map(([text, box]) => [text.textContent.trim(), box.left, box.right,
                               parseFloat(getComputedStyle(text).fontSize)])"""
    )
    assert len(texts) > 50
    assert [words for words, left, right, size in texts if left < 0 or right > width or size < 14] == []


def test_the_numbers_of_a_chart_open_without_script(stage: Stage, open_page: OpenPage) -> None:
    stage.context.update(CHARTS)
    tab = open_page("/charts")
    assert not tab.locator("#tiers-numbers table").is_visible()
    tab.locator("#tiers-numbers summary").press("Enter")
    assert "1,040 (60%)" in tab.locator("#tiers-numbers table").inner_text()
