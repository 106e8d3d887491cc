"""The product itself, started as a person starts it, and browsers in front of it."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from londonnet.platform.embedded.ports import free_port

PROJECT = Path(__file__).resolve().parents[2]
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
WIDE = {"width": 1280, "height": 800}
# Chromium's own calls home are refused here one by one; without them it is quiet.
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Product:
    """A running LondonNet with its demo trust: where it is, and the password of each role's demo user."""

    address: str
    sign_ins: dict[str, tuple[str, str]]
    next_workbook: Path
    home: Path


@pytest.fixture(scope="session")
def product(postgres: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """`londonnet up` on the tests' own server, with databases, files and ports of its own."""
    home = tmp_path_factory.mktemp("journeys")
    web, live = free_port(), free_port()
    environment = {
        **os.environ,
        "LONDONNET_HOME": str(home),
        "LONDONNET_DATABASE_PREFIX": f"j{os.getpid()}",
        "LONDONNET_WEB_PORT": str(web),
        "LONDONNET_LIVE_PORT": str(live),
    }
    command = [sys.executable, "-m", "londonnet", "up"]
    log = home.with_suffix(".log")
    with log.open("w") as said:
        process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=said, stderr=subprocess.STDOUT)
    try:
        _wait_until_ready(process, log)
        kept = json.loads((home / "demo-sign-ins.json").read_text())
        sign_ins = {each["role"].lower(): (each["email"], each["password"]) for each in kept}
        yield Product(f"http://localhost:{web}", sign_ins, home / "demo" / "next-extract.xlsx", home)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        print(log.read_text()[-8000:])  # shown by pytest where something failed
        subprocess.run([sys.executable, "-m", "tests.journeys.cleaning"], cwd=PROJECT, env=environment, check=True)


def _wait_until_ready(process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until it says so; it looks twice a second, and gives up when the process ends or after four minutes."""
    for _ in range(480):
        if "Ctrl-C stops it." in log.read_text():
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.5)
            break
    pytest.fail("londonnet up isn't ready:\n" + log.read_text())


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser that the test command found, for one module: while it runs, this thread has an event loop."""
    program = os.environ.get("LONDONNET_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(chromium: Browser, product: Product) -> Iterator[SignIn]:
    """A person's own browser, signed in as the demo user of a role."""
    contexts: list[BrowserContext] = []

    def open_browser(role: str, width: int = 1280) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800}, base_url=product.address)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", _fail)
        email, password = product.sign_ins[role]
        page.goto("/")
        page.get_by_label("Email address").fill(email)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(product.address + "/")  # the home page, loaded: the sign-in page has a heading too
        return page

    yield open_browser
    for context in contexts:
        context.close()


def _fail(error: object) -> None:
    raise AssertionError(f"A script failed: {error}")
