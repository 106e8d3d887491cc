"""Forms that lose nothing, files on their way, menus and suggestions by keyboard."""

from playwright.sync_api import BrowserContext, expect

from .conftest import OpenPage
from .stage import Stage

SUGGESTED = '<ul><li><a href="/ada">Ada Obi</a></li><li><a href="/team">Camden</a></li></ul>'
KEPT = "JSON.stringify(Object.entries(sessionStorage).filter(([key]) => key.startsWith('londonnet-form')))"


def test_what_was_typed_comes_back_but_never_a_password(stage: Stage, open_page: OpenPage) -> None:
    tab = open_page("/hours")
    tab.fill("#a", "18.5")
    tab.fill("#b", "hush")
    tab.check("#c")
    assert "hush" not in tab.evaluate(KEPT)
    tab.goto(f"{stage.address}/done")
    tab.goto(f"{stage.address}/hours")
    expect(tab.locator("#a")).to_have_value("18.5")
    expect(tab.locator("#c")).to_be_checked()
    expect(tab.locator("#b")).to_have_value("")
    expect(tab.locator("#page-messages")).to_contain_text("What you typed last time is back")


def test_one_can_start_over(stage: Stage, open_page: OpenPage) -> None:
    tab = open_page("/hours")
    tab.fill("#a", "18.5")
    tab.reload()
    tab.get_by_role("button", name="start over").click()
    expect(tab.locator("#a")).to_have_value("")
    expect(tab.locator("#page-messages")).to_be_empty()


def test_a_form_that_was_refused_is_still_kept_and_one_that_arrived_is_not(stage: Stage, open_page: OpenPage) -> None:
    tab = open_page("/hours")
    tab.fill("#a", "18.5")
    stage.refuses = True
    tab.get_by_role("button", name="Save").click()
    expect(tab.locator("#a")).to_have_value("18.5")
    stage.refuses, stage.context = False, {}
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_role("heading", name="Done")).to_be_visible()
    tab.wait_for_load_state()  # the page's scripts have run by then
    assert tab.evaluate(KEPT) == "[]"


def test_signing_out_forgets_everything(stage: Stage, open_page: OpenPage) -> None:
    tab = open_page("/hours")
    tab.fill("#a", "18.5")
    tab.locator("summary.ln-account__summary").click()
    tab.get_by_role("button", name="Sign out").click()
    tab.wait_for_url("**/done")
    assert tab.evaluate(KEPT) == "[]"


def test_a_file_is_sent_and_the_page_goes_on(stage: Stage, open_page: OpenPage) -> None:
    tab = open_page("/file")
    tab.set_input_files("input[type=file]", {"name": "w.xlsx", "mimeType": "", "buffer": b"PK-content"})
    tab.get_by_role("button", name="Send the file").click()
    tab.wait_for_url("**/done")
    assert b"PK-content" in stage.posted[-1]


def test_a_refused_file_says_so_in_place(stage: Stage, open_page: OpenPage) -> None:
    stage.refuses = True
    tab = open_page("/file")
    tab.set_input_files("input[type=file]", {"name": "w.csv", "mimeType": "", "buffer": b"no"})
    tab.get_by_role("button", name="Send the file").click()
    expect(tab.locator(".govuk-error-message")).to_contain_text("Not a workbook.")
    stage.refuses = False
    tab.set_input_files("input[type=file]", {"name": "w.xlsx", "mimeType": "", "buffer": b"PK"})
    tab.get_by_role("button", name="Send the file").click()
    tab.wait_for_url("**/done")


def test_suggestions_are_walked_by_arrow_keys_and_closed_by_escape(open_page: OpenPage) -> None:
    tab = open_page("/done")
    tab.route("**/search/suggest?q=ad", lambda route: route.fulfill(body=SUGGESTED, content_type="text/html"))
    tab.locator("#search-box").press_sequentially("ad")
    expect(tab.get_by_role("link", name="Ada Obi")).to_be_visible()
    tab.keyboard.press("ArrowDown")
    expect(tab.get_by_role("link", name="Ada Obi")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.locator("#search-suggestions")).to_be_empty()
    expect(tab.locator("#search-box")).to_be_focused()


def test_the_account_menu_opens_and_closes_by_keyboard(open_page: OpenPage) -> None:
    tab = open_page("/done")
    summary = tab.locator("summary.ln-account__summary")
    summary.press("Enter")
    expect(tab.get_by_role("link", name="My account")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("link", name="My account")).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_lost_connection_is_said_and_taken_back(open_page: OpenPage, device: BrowserContext) -> None:
    tab = open_page("/done")
    device.set_offline(True)
    expect(tab.locator("#page-messages")).to_contain_text("The connection is lost")
    device.set_offline(False)
    expect(tab.locator("#page-messages")).to_be_empty()
