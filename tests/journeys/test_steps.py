"""How many steps the frequent tasks take, by keyboard, from the signed-in home page: never more than is promised."""

import re
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect

from .conftest import PROJECT, SignIn
from .hands import Hands

README: Final = PROJECT / "londonnet" / "apps" / "workload" / "README.md"
_LINE: Final = re.compile(r"^\| (?P<task>[^|]+) \| (?P<national>\d+) \| (?P<here>\d+) \|", re.MULTILINE)
_BUSY: Final = "#tile-workload li"


def promised(readme: Path) -> dict[str, tuple[int, int]]:
    """What the table "Steps" says of each task: steps in the national tools, and here."""
    _, _, section = readme.read_text().partition("\n## Steps\n")
    table = section.partition("\n## ")[0]
    return {line["task"].strip(): (int(line["national"]), int(line["here"])) for line in _LINE.finditer(table)}


PROMISED: Final = promised(README)


def at_home(sign_in: SignIn, role: str) -> Hands:
    """Somebody who has signed in, with the home page in front of them and no step taken."""
    hands = Hands(sign_in(role))
    hands.start_counting()
    return hands


def hold(task: str, hands: Hands) -> None:
    """Fail where a task takes more steps than the README says."""
    assert hands.steps <= PROMISED[task][1], f"{task}: {hands.steps} steps"


def allocate(hands: Hands) -> None:
    """The case that has waited longest, to whoever has most room."""
    hands.follow("Allocate the case .*", "/allocation/choose/", within="#tile-waiting")
    hands.take(".*", within="#to input")
    expect(hands.page.locator("#effect-bars")).to_be_visible()
    hands.follow("Allocate", "/allocation/moved/")


def reallocate(hands: Hands) -> None:
    """One case of somebody who is above 110%, to whoever has most room."""
    hands.follow("Move cases of .*", "/allocation/from/", within="#tile-workload")
    hands.take(".*", within="#chosen input")
    hands.take(".*", within="#to input")
    expect(hands.page.locator("#effect-bars")).to_be_visible()
    hands.choose("Why the cases? moves?")
    hands.follow("Reallocate", "/allocation/moved/")


def add_a_reduction(hands: Hands) -> None:
    """One whose reason says how much and how long."""
    hands.follow("Add a reduction", "/reductions/add")
    hands.choose("Practitioner")
    hands.choose("Reason", "NQO")
    expect(hands.page.get_by_label("Percentage of contracted hours")).not_to_have_value("")
    hands.follow("Save the reduction", r"/reductions/\d+")


def export_who_is_above(hands: Hands) -> None:
    """Everybody above 110%, as a table."""
    hands.follow("Everybody above 110%", "band=above")
    hands.use("Export")
    with hands.page.expect_download():
        hands.use("Plain table.*")


def see_what_a_weight_does(hands: Hands) -> None:
    """The effect of one number on one team, whichever was looked at before."""
    hands.follow("Workload", "/workload/trust", within="nav")
    hands.follow("Try other weights", "/weights/try")
    hands.choose("See the effect on", key="End")
    hands.fill(r"Community A3 \(cases\)", "300")
    expect(hands.page.locator("#effect-heading")).to_contain_text("What it would do to")


TASKS: Final = {
    "Allocate a case": ("team manager", allocate, "Allocated|Allocation"),
    "Reallocate a case": ("team manager", reallocate, "Reallocation|Reallocated|Moved"),
    "Add a reduction": ("team manager", add_a_reduction, ""),
    "Find and export who is over 110%": ("head of service", export_who_is_above, ""),
    "Change one weight and see its effect on one team": ("head of service", see_what_a_weight_does, ""),
}


@pytest.mark.parametrize("task", TASKS)
def test_a_task_takes_no_more_steps_than_the_readme_says(task: str, sign_in: SignIn) -> None:
    role, do, heading = TASKS[task]
    hands = at_home(sign_in, role)
    do(hands)
    if heading:
        expect(hands.page.get_by_role("heading", level=1)).to_contain_text(re.compile(heading))
    hold(task, hands)


def test_every_task_takes_half_as_many_steps_as_in_the_national_tools_or_fewer() -> None:
    assert PROMISED.keys() == TASKS.keys()
    assert {task: here for task, (national, here) in PROMISED.items() if 2 * here > national} == {}
