"""What the charts' macros print, and the colours they are printed in."""

import datetime as dt
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from londonnet.config.jinja import environment as house_environment
from londonnet.platform.ui import templates
from londonnet.platform.ui.charts import Event, Series

ROOM = Path(templates.__file__).parent
FIRST = dt.date(2026, 3, 2)
SERIES = [Series("Camden", {FIRST: 96, FIRST + dt.timedelta(1): 121}), Series("Barnet", {FIRST: 88})]


@pytest.fixture(scope="module")
def environment() -> Environment:
    return house_environment(loader=FileSystemLoader(ROOM / "jinja2"), autoescape=True)


def printed(environment: Environment, call: str, **given: Any) -> str:
    name = re.split(r"\W", call, maxsplit=1)[0]
    template = environment.from_string(f'{{% from "ui/components.html" import {name} %}}{{{{ {call} }}}}')
    return " ".join(template.render(**given).split())


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", markup).split())


def test_a_trend_is_said_in_words(environment: Environment) -> None:
    assert words(printed(environment, "trend([96, 121], 'over 13 weeks')")) == "rose from 96% to 121% over 13 weeks"
    assert words(printed(environment, "trend([5, 5], unit=' cases')")) == "stayed at 5 cases"
    assert words(printed(environment, "trend([none, 5])")) == "No trend yet"


def test_lines_are_said_in_words_and_in_a_table(environment: Environment) -> None:
    call = "line_chart('Capacity', series, 'c', band=true, events=events)"
    said = words(printed(environment, call, series=SERIES, events=[Event(FIRST, "Weights version 3")]))
    assert "Camden: rose from 96% to 121% between 2 March 2026 and 3 March 2026; lowest 96%, highest 121%." in said
    assert "The band is 90 to 110%. 2 March 2026: Weights version 3." in said
    assert "DayCamdenBarnet 2 March 202696%88% 3 March 2026121%–" in said


def test_a_move_is_said_in_words(environment: Environment) -> None:
    said = words(printed(environment, "move_bar(121.4, 108.2)"))
    assert said == "now 121% → , after the move 108%, within the 90 to 110% band"
    assert words(printed(environment, "move_bar(none, none, 'no capacity left')")) == "No capacity left"


def test_names_are_never_markup(environment: Environment) -> None:
    nasty = "\"'><script>alert(1)</script>"
    calls = (
        "line_chart(x, [s], 'c', events=[e], summary=x)",
        "histogram(x, [x], [(x, [1])], 'c', x)",
        "stacked_bars(x, [x], [(x, [1])], 'c', x)",
        "move_bars(x, [{'name': x, 'now': none, 'after': 1, 'note': x}], 'c')",
    )
    given = {"x": nasty, "s": Series(nasty, {FIRST: 1}), "e": Event(FIRST, nasty)}
    for call in calls:
        markup = printed(environment, call, **given)
        assert "<script>" not in markup
        assert "\"'>" not in markup
        assert "style=" not in markup


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_series_is_seen_against_paper_band_and_the_white_between_parts() -> None:
    css = (ROOM / "static" / "londonnet" / "charts.css").read_text()
    colours = re.findall(r"--ln-series-\d: (#\w{6});", css)
    (band,) = re.findall(r"--ln-chart-band: (#\w{6});", css)
    assert len(set(colours)) == 6
    assert all(_contrast(colour, "#ffffff") >= 4.5 for colour in colours)
    assert all(_contrast(colour, band) >= 3 for colour in colours)


def test_no_two_lines_have_the_same_dashes() -> None:
    css = (ROOM / "static" / "londonnet" / "charts.css").read_text()
    rules = [re.search(rf"ln-chart__line--{number} {{([^}}]*)}}", css) for number in range(1, 7)]
    dashes = [re.search(r"dasharray: ([^;]*)", rule[1]) for rule in rules if rule]
    assert len(dashes) == 6
    assert all(one != other for one, other in combinations([found[1] if found else "" for found in dashes], 2))
