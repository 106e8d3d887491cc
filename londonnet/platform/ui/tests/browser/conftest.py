"""A browser, and a stage for it."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from .stage import Stage

OpenPage = Callable[[str], Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser that the test command found."""
    program = os.environ.get("LONDONNET_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def device(chromium: Browser) -> Iterator[BrowserContext]:
    """One person's browser: its tabs share what a browser shares."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def stage() -> Iterator[Stage]:
    """Serves the templates of `pages/`, and those of the product."""
    made = Stage()
    yield made
    made.close()


@pytest.fixture
def open_page(device: BrowserContext, stage: Stage) -> OpenPage:
    """Opens a tab; an error in a script fails the test at once."""

    def open_tab(path: str) -> Page:
        tab = device.new_page()
        tab.on("pageerror", _fail)
        tab.goto(stage.address + path)
        return tab

    return open_tab


def _fail(error: object) -> None:
    raise AssertionError(f"A script failed: {error}")
