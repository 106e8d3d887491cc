"""People and their workload, by keyboard alone on a screen as wide as a telephone."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from playwright.sync_api import Locator, Page, expect

from .conftest import SignIn
from .hands import Hands

NARROW: Final = 375
_PERCENT: Final = re.compile(r"(\d+)%")
_EFFECT: Final = "#effect-bars"


def fits(page: Page) -> None:
    """Nothing scrolls sideways but what is made to."""
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, page.url


def heaviest(rows: Locator) -> str:
    """The CRN of a case of tier A or B that somebody holds outside prison, the first of them."""
    for text in rows.all_inner_texts():
        cells = re.split(r"\s*\t\s*|\n+", text.strip())
        if re.search(r"\b[AB][0-3]\b", text) and "Custody" not in text:
            return next(cell for cell in cells if re.fullmatch(r"[A-Z]\d{6}", cell))
    raise AssertionError(f"No such case: {rows.all_inner_texts()}")


def test_a_manager_finds_who_is_drowning_tries_two_moves_and_makes_one(sign_in: SignIn) -> None:
    hands = Hands(sign_in("team manager", NARROW))
    page = hands.page
    name = page.locator("#tile-workload li").first.get_by_role("link").first.inner_text()

    # Who, and why.
    hands.follow(re.escape(name), "/workload/practitioner/", within="#tile-workload")
    fits(page)
    percent = _PERCENT.findall(page.locator("#figures .ln-bar").first.inner_text())[0]
    assert int(percent) > 110
    expect(page.locator("#working")).to_be_visible()
    expect(page.get_by_text("against").first).to_contain_text("above the band of 90 to 110%")

    # Two people who could take a case, and what it would do to both sides.
    hands.follow("Reallocate cases", "/allocation/from/")
    fits(page)
    hands.take(heaviest(page.locator("#chosen tbody tr")), within="#chosen input")
    hands.take(".*", within="#to input")
    first = hands.focused()
    expect(page.locator(_EFFECT)).to_contain_text(f"{first}, gets")
    second = hands.next_radio()
    expect(page.locator(_EFFECT)).to_contain_text(f"{second}, gets")
    expect(page.locator(_EFFECT)).to_contain_text(f"{name}, gives")
    assert first != second

    # A second window, on the team's page, follows by itself.
    watching = page.context.new_page()
    watching.goto("/workload")
    rows = [watching.locator("tbody tr").filter(has_text=one).first for one in (name, second)]
    before = [row.inner_text() for row in rows]

    hands.choose("Why the cases? moves?")
    hands.follow("Reallocate", "/allocation/moved/")
    fits(page)
    for one in (name, second):
        expect(page.locator("#now")).to_contain_text(one)
    for row, text in zip(rows, before, strict=True):
        expect(row).not_to_have_text(re.compile(re.escape(text)), use_inner_text=True, timeout=20_000)
        was, now = (int(_PERCENT.findall(words)[0]) for words in (text, row.inner_text()))
        assert now != was


def test_a_practitioner_understands_her_figure_and_reports_a_mistake_that_her_manager_answers(sign_in: SignIn) -> None:
    hers, his = Hands(sign_in("practitioner", NARROW)), Hands(sign_in("team manager", NARROW))
    page = hers.page
    hers.follow("See how it is worked out", "/workload/mine")
    fits(page)
    expect(page.locator("#working")).to_have_text("How the points come about")
    expect(page.locator("#trend .ln-trend__line")).to_be_visible()
    expect(page.locator("#record")).to_have_text("What looks wrong in the record")

    line = page.get_by_role("link", name=re.compile("^Report a mistake")).first.inner_text()
    hers.follow(re.escape(" ".join(line.split())), "/workload/mine/mistake")
    fits(page)
    hers.fill("What is wrong with this line.*", "Two of these closed in October.")
    hers.follow("Send to my manager", r"/workload/mine\?team=")
    expect(page.locator("main")).to_contain_text("Two of these closed in October.")

    his.page.reload()
    his.follow(".*mistake.*", "/workload/mistakes/", within="main")
    fits(his.page)
    expect(his.page.locator("main")).to_contain_text("Two of these closed in October.")
    his.take(".*", within="form input[type=radio]")
    his.next_radio()
    his.fill("Your answer", "They are open until the letter is sent.")
    his.follow("Send the answer", "/workload/mistakes$")

    hers.follow(".*Notices: .*", "/notices")
    hers.follow(".*mistake.*|.*report.*", "/workload/mine", within="main")
    expect(page.locator("main")).to_contain_text("They are open until the letter is sent.")


def test_a_head_of_service_exports_who_has_been_above_110_for_four_weeks(sign_in: SignIn, tmp_path: Path) -> None:
    hands = Hands(sign_in("head of service", NARROW))
    page = hands.page
    hands.follow("Above 110% for four weeks", "/workload/excessive")
    fits(page)
    expect(page.get_by_role("heading", name="Above 110% for 4 consecutive weeks or longer")).to_be_visible()
    shown = [name.split("\n")[0].strip() for name in page.locator("tbody th[scope=row]").all_inner_texts()]
    assert shown
    hands.use("Export")
    with page.expect_download() as download:
        hands.use("Plain table.*")
    saved = tmp_path / "above.csv"
    download.value.save_as(saved)
    assert names_in(saved)[: len(shown)] == shown
    total = re.search(r"(\d+) spells?", page.locator("main").inner_text())
    assert len(names_in(saved)) == (int(total[1]) if total else len(shown))


def names_in(file: Path) -> Sequence[str]:
    """The names in an export, below its heading, in their order."""
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    heading = next(number for number, row in enumerate(rows) if "Name" in row)
    column = rows[heading].index("Name")
    return [row[column] for row in rows[heading + 1 :] if len(row) > column and row[column]]


def test_an_administrator_tries_weights_and_throws_them_away(sign_in: SignIn) -> None:
    hands = Hands(sign_in("administrator", NARROW))
    page = hands.page
    hands.follow("Weights", "/workload/weights$", within="nav")
    fits(page)
    before = page.locator("#weights-list").inner_text()
    hands.follow("Try weights", "/weights/try")
    fits(page)
    field = page.get_by_label("Community A3 (cases)")
    was = field.input_value()
    hands.fill(r"Community A3 \(cases\)", "300")
    expect(page.locator("#effect-summary")).to_contain_text("%")
    expect(page.locator("#effect")).to_contain_text("What is changed")
    hands.fill("Name of the draft", "Only to see")
    hands.follow("Save as a draft", "/weights/draft/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Only to see")

    hands.use("Throw the draft away")
    expect(page.locator("main")).to_contain_text(re.compile("thrown away", re.IGNORECASE))
    hands.follow("Weights", "/workload/weights$", within="nav")
    assert page.locator("#weights-list").inner_text() == before
    hands.follow("Try weights", "/weights/try")
    expect(field).to_have_value(was)


def test_hr_finds_somebody_and_gives_them_a_reduction(sign_in: SignIn) -> None:
    hands = Hands(sign_in("hr", NARROW))
    page = hands.page
    hands.follow("Reductions|Add a reduction", "/reductions", within="main, nav")
    if not page.url.endswith("/add"):
        hands.follow("Add a reduction", "/reductions/add", within="main")
    fits(page)
    hands.fill("Find the practitioner by name or key", "a")
    hands.follow("Find", "q=a", within="main")
    hands.choose("Practitioner", key="End")
    hands.choose("Reason", "NQO")
    expect(page.get_by_label("Percentage of contracted hours")).not_to_have_value("")
    expect(page.locator("#amounts")).to_contain_text("%")
    hands.follow("Save the reduction", r"/reductions/\d+")
    fits(page)
    expect(page.locator("main")).to_contain_text("The reduction is saved")
