"""A team manager drops the national workbook on a page, and sees a team's figures change in a second window."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Product, SignIn

pytestmark = pytest.mark.xdist_group("product")


def figures(page: Page) -> str:
    """Everything that the page says in its figures."""
    return page.locator("[data-live-topics]").first.inner_text()


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
        "before => document.querySelector('[data-live-topics]').innerText !== before", arg=before, timeout=20_000
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
