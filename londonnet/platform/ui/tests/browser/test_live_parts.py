"""Parts of a page that follow what happens."""

from playwright.sync_api import BrowserContext, Page, expect

from .conftest import OpenPage
from .stage import Stage


def _open_team(stage: Stage, open_page: OpenPage) -> Page:
    stage.context["points"] = 2605
    tab = open_page("/team")
    _listening(tab, stage, ["workload:team:N07T01"])
    return tab


def _listening(tab: Page, stage: Stage, topics: list[str]) -> None:
    """Wait until the browser's stream names exactly these topics."""
    for _ in range(600):
        if stage.listened and stage.listened[-1] == topics:
            return
        tab.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError(f"The browser listens to {stage.listened}, not to {topics}.")


def test_a_figure_changes_by_itself_and_is_lit_up_alone(stage: Stage, open_page: OpenPage) -> None:
    tab = _open_team(stage, open_page)
    stage.context["points"] = 2979
    stage.say("changed", {"topics": ["workload:team:N07T01"]})
    expect(tab.locator(".points")).to_have_text("2979")
    expect(tab.locator(".points")).to_have_class("points ln-changed")
    expect(tab.locator(".same")).to_have_class("same")
    expect(tab.locator("#live-status")).to_contain_text("Figures updated")


def test_a_word_to_the_whole_application_reaches_the_team(stage: Stage, open_page: OpenPage) -> None:
    tab = _open_team(stage, open_page)
    stage.context["points"] = 1
    stage.say("changed", {"topics": ["workload:*"]})
    expect(tab.locator(".points")).to_have_text("1")


def test_what_is_not_shown_changes_nothing(stage: Stage, open_page: OpenPage) -> None:
    tab = _open_team(stage, open_page)
    with tab.expect_request("**/team") as fetched:
        stage.say("changed", {"topics": ["workload:team:N07T02", "victims:*"]})
        stage.context["points"] = 2
        stage.say("changed", {"topics": ["workload:team:N07T01"]})
    assert fetched.value.headers["x-londonnet-refresh"] == "1"
    expect(tab.locator(".points")).to_have_text("2")


def test_focus_and_opened_words_stay_where_they_were(stage: Stage, open_page: OpenPage) -> None:
    tab = _open_team(stage, open_page)
    tab.locator("#meaning summary").click()
    tab.get_by_role("link", name="Ada").focus()
    stage.context["points"] = 3
    stage.say("changed", {"topics": ["workload:team:N07T01"]})
    expect(tab.locator(".points")).to_have_text("3")
    expect(tab.get_by_role("link", name="Ada")).to_be_focused()
    assert tab.locator("#meaning").evaluate("(details) => details.open")


def test_what_is_typed_into_a_kept_form_stays_and_the_form_stays_open(stage: Stage, open_page: OpenPage) -> None:
    tab = _open_team(stage, open_page)
    tab.locator("#kept summary").click()
    tab.get_by_label("Crew").fill("12")
    stage.context["points"] = 3
    stage.say("changed", {"topics": ["workload:team:N07T01"]})
    expect(tab.locator(".points")).to_have_text("3")
    expect(tab.get_by_label("Crew")).to_have_value("12")
    expect(tab.get_by_label("Crew")).to_be_focused()


def test_what_changed_before_the_connection_stood_is_caught_up(stage: Stage, open_page: OpenPage) -> None:
    stage.context["points"] = 2605
    markup = stage.page("/team")
    stage.context["points"] = 2979
    tab = open_page("/ui/home")
    tab.route("**/team", lambda route: route.fulfill(body=markup, content_type="text/html"), times=1)
    tab.goto(stage.address + "/team")
    expect(tab.locator(".points")).to_have_text("2979")


def test_all_tabs_share_one_stream_and_a_closed_one_is_forgotten(
    stage: Stage, open_page: OpenPage, device: BrowserContext
) -> None:
    first = _open_team(stage, open_page)
    stage.context.update(stage="Reading", done=10)
    second = open_page("/load")
    _listening(first, stage, ["jobs:job:1", "workload:team:N07T01"])
    stage.context.update(stage="Reading t2a", done=20)
    stage.say("changed", {"topics": ["jobs:job:1"]})
    expect(second.locator("progress")).to_have_attribute("value", "20")
    expect(second.locator("#live-status")).to_have_text("Reading t2a")
    second.close()
    _listening(first, stage, ["workload:team:N07T01"])


def test_who_is_signed_out_is_told_and_led_back(stage: Stage, open_page: OpenPage) -> None:
    tab = _open_team(stage, open_page)
    stage.signed_out = True
    stage.say("changed", {"topics": ["workload:team:N07T01"]})
    link = tab.locator("#page-messages").get_by_role("link", name="Sign in again and go on")
    expect(link).to_have_attribute("href", "/sign-in?next=/team")
    expect(tab.locator(".points")).to_have_text("2605")


def test_a_page_without_live_parts_opens_no_stream(stage: Stage, open_page: OpenPage) -> None:
    stage.signed_out = True
    open_page("/sign-in").wait_for_load_state("load")
    assert stage.listened == []
