"""What the macros print."""

import datetime as dt
import re
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory
from jinja2 import Environment

from londonnet.config.jinja import environment as house_environment
from londonnet.platform.ui.templates import query


@pytest.fixture(scope="module")
def environment() -> Environment:
    from jinja2 import FileSystemLoader

    from londonnet.platform.ui import templates

    folder = templates.__file__.rpartition("/")[0] + "/jinja2"
    return house_environment(loader=FileSystemLoader(folder), autoescape=True)


def printed(environment: Environment, call: str, **given: Any) -> str:
    name = re.split(r"\W", call, maxsplit=1)[0]
    template = environment.from_string(f'{{% from "ui/components.html" import {name} %}}{{{{ {call} }}}}')
    return " ".join(template.render(**given).split())


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", markup).split())


@pytest.mark.parametrize(
    ("capacity", "kind", "said"),
    [
        (Decimal("89.99"), "under", "below the 90 to 110% band"),
        (90, "within", "within the 90 to 110% band"),
        (Decimal(110), "within", "within the 90 to 110% band"),
        (Decimal("110.01"), "over", "above the 90 to 110% band"),
        (400.0, "over", "above the 90 to 110% band"),
        (-3, "under", "below the 90 to 110% band"),
    ],
)
def test_a_bar_goes_by_the_unrounded_figure(environment: Environment, capacity: Decimal, kind: str, said: str) -> None:
    bar = printed(environment, "workload_bar(c)", c=capacity)
    assert f'class="ln-bar ln-bar--{kind}"' in bar
    assert said in words(bar)


def test_a_bar_never_leaves_its_picture(environment: Environment) -> None:
    assert 'ln-bar__fill" x="0" y="3" width="160.00"' in printed(environment, "workload_bar(500)")
    assert 'ln-bar__fill" x="0" y="3" width="0.00"' in printed(environment, "workload_bar(-20)")


def test_a_bar_over_the_band_is_told_by_hatching_and_a_mark_as_well_as_by_colour(environment: Environment) -> None:
    over, within = printed(environment, "workload_bar(130)"), printed(environment, "workload_bar(100)")
    assert "ln-bar__hatch" in over
    assert "ln-bar__mark" in over
    assert "ln-bar__hatch" not in within
    assert "ln-bar__mark" not in within


def test_individuals_are_whole_and_organisations_have_one_decimal(environment: Environment) -> None:
    assert words(printed(environment, "workload_bar(c)", c=143.91)).startswith("144%")
    assert words(printed(environment, "workload_bar(c, decimals=1)", c=143.91)).startswith("143.9%")


@pytest.mark.parametrize("note", ["not measured", "no capacity left"])
def test_where_there_is_no_capacity_the_reason_stands_and_never_a_percentage(
    environment: Environment, note: str
) -> None:
    for macro in ("workload_bar", "capacity_tag"):
        said = words(printed(environment, f"{macro}(none, note)", note=note))
        assert said == note.capitalize()


@pytest.mark.parametrize(
    ("capacity", "said"), [(110, "90 to 110%"), (110.1, "Over 110%"), (90, "90 to 110%"), (12, "Under 90%")]
)
def test_the_tag_says_the_band_in_words(environment: Environment, capacity: float, said: str) -> None:
    assert words(printed(environment, "capacity_tag(c)", c=capacity)) == said


def test_figures_say_when_they_were_true_and_with_which_weights(environment: Environment) -> None:
    moment = dt.datetime(2026, 3, 3, 9, 5, tzinfo=dt.UTC)
    markup = printed(environment, "as_at(moment, 2, 'from the national extract')", moment=moment)
    assert words(markup) == "As at 3 March 2026 at 9:05am from the national extract, weights version 2"
    assert 'datetime="2026-03-03T09:05:00+00:00"' in markup
    assert words(printed(environment, "as_at(day)", day=dt.date(2026, 3, 3))) == "As at 3 March 2026"


def test_a_working_shows_every_line_and_the_total(environment: Environment) -> None:
    lines = [{"label": "Cases", "sum": "42 cases", "value": 2605}, {"label": "Support", "value": -18}]
    said = words(printed(environment, "working('How it adds up', lines, 2587)", lines=lines))
    assert said == "How it adds up What counts Working Points Cases 42 cases 2,605 Support \N{MINUS SIGN}18 Total 2,587"


def test_what_people_typed_is_never_markup(environment: Environment) -> None:
    nasty = "<script>alert(1)</script>"
    calls = ("empty_state(x, x)", "alert(x, x)", "stat(x, x)", "row_header(x, note=x)", "progress(x, stage=x)")
    for call in (*calls, "file_drop('f', x, x, error=x)", "summary_card(x, [(x, x)])", "breadcrumb([(x, '/')])"):
        assert "<script>" not in printed(environment, call, x=nasty)


TABLE = """{% from "ui/components.html" import table, row_header, cell %}
{% call(row) table("Teams", columns, rows, request, sort=sort) -%}
{{ row_header(row.name, "/t") }}{{ cell(row.points, numeric=true) }}{% endcall %}"""
COLUMNS = [{"label": "Team", "key": "name"}, {"label": "Points", "key": "points", "numeric": True}]


def _table(environment: Environment, sort: str, rows: list[Any]) -> str:
    request = RequestFactory().get("/teams?region=N07R1&page=3")
    return environment.from_string(TABLE).render(columns=COLUMNS, rows=rows, request=request, sort=sort)


def test_a_heading_sorts_numbers_from_the_top_and_then_turns_round(environment: Environment) -> None:
    unsorted, descending = _table(environment, "name", []), _table(environment, "-points", [])
    assert 'href="?region=N07R1&amp;sort=-points"' in unsorted
    assert 'href="?region=N07R1&amp;sort=points"' in descending
    assert descending.count('aria-sort="descending"') == 1


def test_a_table_can_be_scrolled_by_keyboard_and_names_its_rows(environment: Environment) -> None:
    markup = _table(environment, "", [SimpleNamespace(key="N07T01", name="Camden", points=17842)])
    assert 'role="region" aria-labelledby="table-caption" tabindex="0"' in markup
    assert '<tr class="govuk-table__row" data-key="N07T01">' in markup
    assert '<th scope="row"' in markup
    assert "17,842" in markup


def test_an_empty_table_says_so(environment: Environment) -> None:
    assert "Nothing to show." in _table(environment, "", [])


def test_pages_keep_the_rest_of_the_address(environment: Environment) -> None:
    request = RequestFactory().get("/teams?sort=-points&page=2")
    markup = printed(environment, "pagination(request, 2, 9, 412, 50, 'team')", request=request)
    assert 'href="?sort=-points&amp;page=3"' in markup
    assert "Showing 51 to 100 of 412 teams" in words(markup)
    assert "1 team" in words(printed(environment, "pagination(request, 1, 1, 1, noun='team')", request=request))


def test_a_query_can_lose_a_value() -> None:
    assert query(RequestFactory().get("/?a=1&page=4"), page=None, b=2) == "?a=1&b=2"


@pytest.mark.parametrize(
    ("state", "follows"), [("running", True), ("waiting", True), ("done", False), ("failed", False)]
)
def test_progress_follows_only_what_is_under_way(environment: Environment, state: str, follows: bool) -> None:
    markup = printed(environment, "progress('Loading', state, topics='jobs:job:1', refresh='/x')", state=state)
    assert ('data-live-topics="jobs:job:1"' in markup) is follows
    assert ("<progress" in markup) is follows


def test_progress_says_counts_and_estimate(environment: Environment) -> None:
    call = "progress('Loading', 'running', 'Reading t2a', 1200, 15000, 'about 2 minutes')"
    markup = printed(environment, call)
    assert "Reading t2a 1,200 of 15,000, about 2 minutes left" in words(markup)
    assert 'max="15000" value="1200"' in markup


def test_a_file_can_be_sent_without_script(environment: Environment) -> None:
    markup = printed(environment, "file_drop('workbook', 'Load it', accept='.xlsx', error='Not a workbook.')")
    assert '<form class="ln-drop" method="post" enctype="multipart/form-data"' in markup
    assert 'name="workbook" type="file" accept=".xlsx" aria-describedby="workbook-error"' in markup
    assert "Error: Not a workbook." in words(markup)
