"""The weights: their shape, their starting version, and files that are refused whole."""

import copy
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from londonnet.apps.workload.errors import WeightsRefused
from londonnet.apps.workload.starting import starting_further_reports, starting_weights
from londonnet.apps.workload.tests.strategies import weight_sets
from londonnet.apps.workload.tiers import CELLS, TIER_KEYS, tier_name
from londonnet.apps.workload.weights import FurtherReport, WeightSet, weights_json
from londonnet.apps.workload.weights_reading import parse_weights, parse_weights_text

SWITCHABLE = starting_further_reports()


def shape() -> dict[str, dict[str, object]]:
    return json.loads(json.dumps(weights_json(starting_weights())))  # type: ignore[no-any-return]


def problems_of(document: object) -> tuple[str, ...]:
    with pytest.raises(WeightsRefused) as refused:
        parse_weights(document, further_reports=SWITCHABLE)
    return refused.value.problems


@given(weight_sets)
def test_weights_written_as_json_and_read_again_are_the_same(weights: WeightSet) -> None:
    text = json.dumps(weights_json(weights, complete=True))
    assert parse_weights_text(text, further_reports={}) == weights


@given(weight_sets)
def test_the_published_shape_reads_again_with_the_switchable_reports_of_the_version_in_force(
    weights: WeightSet,
) -> None:
    text = json.dumps(weights_json(weights))
    assert parse_weights_text(text, further_reports=weights.further_reports) == weights


def test_the_published_shape_holds_exactly_the_parts_that_the_command_promises() -> None:
    parts = "version valid_from cases t2a reports target default_hours inactive_percent support"
    assert list(weights_json(starting_weights())) == parts.split()


def test_a_switchable_report_that_counts_is_always_written() -> None:
    document = weights_json(starting_weights(), complete=True)
    document["further_reports"]["parole"]["counted"] = True  # type: ignore[index]
    weights = parse_weights(document, further_reports={})
    assert weights.further_reports["parole"] == FurtherReport(120, counted=True)
    assert "further_reports" in weights_json(weights)


def test_hours_are_whole_numbers_in_json_where_they_can_be() -> None:
    assert json.dumps(weights_json(starting_weights())["default_hours"]) == (
        '{"PO": 37, "TPO": 37, "PSO": 37, "SPO": 0, "DMY": null}'
    )


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("community", "206 158 146 110 146 115 102 72 79 63 50 35 51 41 29 29"),
        ("custody", "75 60 59 0 59 48 47 0 30 24 23 0 17 14 13 0"),
        ("licence", "219 175 163 0 161 132 119 0 77 65 52 0 51 43 31 0"),
    ],
)
def test_the_starting_case_weights_are_the_published_ones(location: str, expected: str) -> None:
    cases = starting_weights().cases
    assert [cases[location, tier] for tier in range(1, 17)] == [int(points) for points in expected.split()]
    assert {cases[location, tier] for tier in range(17, 33)} == {0}


def test_the_starting_weights_hold_the_other_published_values() -> None:
    weights = starting_weights()
    custody = {cell: points for cell, points in weights.cases.items() if cell[0] == "custody"}
    assert weights.t2a == {(place, tier): custody["custody", tier] for place, tier in CELLS}
    assert (weights.version, weights.valid_from) == (1, date(2026, 4, 1))
    assert (weights.sdr, weights.conversion) == (138, 65)
    assert set(weights.target.values()) == {2176}
    assert weights.inactive_percent == {"warrants": 0, "overdue": 0, "unpaid_work": 100}
    assert len(weights.support) == 58
    assert (weights.support["CMS01"], weights.support["CMS06"], weights.support["CMS28"]) == (9, 26, 5)
    assert weights.further_reports == {
        "parole": FurtherReport(120, counted=False),
        "arms_licence": FurtherReport(35, counted=False),
        "arms_community": FurtherReport(69, counted=False),
    }


@pytest.mark.parametrize(
    ("number", "name", "key"),
    [(1, "A3", "a3"), (6, "B2", "b2"), (16, "D0", "d0"), (17, "A3S", "a3s"), (32, "D0S", "d0s")],
)
def test_tier_numbers_have_the_names_of_the_national_system(number: int, name: str, key: str) -> None:
    assert (tier_name(number), TIER_KEYS[number - 1]) == (name, key)


def test_a_number_that_is_no_tier_has_no_name() -> None:
    assert tier_name(0) == "no tier"
    with pytest.raises(ValueError, match="33"):
        tier_name(33)


@pytest.mark.parametrize(
    ("grade", "hours"),
    [("PO", 37), ("TPO", 36), ("PSO", 35), ("SPO", 0), ("DMY", None), ("", 37), ("ACO", None)],
)
def test_each_grade_reads_its_own_hours_and_a_blank_one_those_of_po(grade: str, hours: int | None) -> None:
    document = shape()
    document["default_hours"] |= {"TPO": 36, "PSO": 35}
    assert parse_weights(document, further_reports=SWITCHABLE).default_hours_for(grade) == hours


@pytest.mark.parametrize(
    ("grade", "target"), [("PO", 1), ("TPO", 2), ("PSO", 3), ("SPO", 4), ("DMY", 5), ("", 1), ("X", 5)]
)
def test_each_grade_reads_its_own_target_and_a_blank_one_that_of_po(grade: str, target: int) -> None:
    document = shape()
    document["target"] = {"PO": 1, "TPO": 2, "PSO": 3, "SPO": 4, "DMY": 5}
    assert parse_weights(document, further_reports=SWITCHABLE).target_for(grade) == target


def leaves(table: object, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every entry of the file that must be there: tables and values, but neither the version nor contact codes."""
    if not isinstance(table, dict) or path == ("support",):
        return []
    found = [(*path, key) for key in table if key != "version"]
    return found + [deeper for key in table for deeper in leaves(table[key], (*path, key))]


@pytest.mark.parametrize("path", leaves(shape()), ids=".".join)
def test_a_file_that_lacks_any_one_entry_is_refused_naming_just_it(path: tuple[str, ...]) -> None:
    document: dict[str, object] = copy.deepcopy(shape())  # type: ignore[arg-type]
    table: dict[str, object] = document
    for step in path[:-1]:
        table = table[step]  # type: ignore[assignment]
    del table[path[-1]]
    assert problems_of(document) == (".".join(path) + " is missing",)


def test_everything_wrong_with_a_file_is_named_at_once() -> None:
    document = shape()
    del document["cases"]["licence"]
    document["cases"]["community"]["a4"] = 12  # type: ignore[index]
    document["t2a"]["custody"]["b2"] = 1000  # type: ignore[index]
    document["reports"]["sdr"] = -1
    document["target"]["PO"] = "2176"
    document["default_hours"]["SPO"] = None
    document["default_hours"]["PO"] = 37.005
    document["inactive_percent"]["overdue"] = 101
    document["support"]["CMS01"] = 9.5
    document["colour"] = {}
    assert set(problems_of(document)) == {
        "cases.licence is missing",
        "cases.community.a4 is not known",
        "t2a.custody.b2 must be a whole number from 0 to 999, not 1000",
        "reports.sdr must be a whole number from 0 to 999, not -1",
        'target.PO must be a whole number from 0 to 99999, not "2176"',
        "default_hours.SPO must be hours from 0 to 168, two decimals, not null",
        "default_hours.PO must be hours from 0 to 168, two decimals, not 37.005",
        "inactive_percent.overdue must be a whole number from 0 to 100, not 101",
        "support.CMS01 must be a whole number from 0 to 999, not 9.5",
        "colour is not known",
    }


@pytest.mark.parametrize("bad", [True, None, "9", [], {}, 1.5, float("nan"), float("inf"), -1, 10**400])
def test_a_weight_that_is_no_whole_number_is_refused(bad: object) -> None:
    document = shape()
    document["cases"]["community"]["a3"] = bad  # type: ignore[index]
    (problem,) = problems_of(document)
    assert problem.startswith("cases.community.a3 must be a whole number from 0 to 999")


@pytest.mark.parametrize("bad", ["2026-02-30", "01/04/2026", "20260401", "", None, 20260401, ["2026-04-01"]])
def test_a_first_day_that_is_no_iso_date_is_refused(bad: object) -> None:
    document: dict[str, object] = dict(shape())
    document["valid_from"] = bad
    (problem,) = problems_of(document)
    assert problem.startswith("valid_from must be a date like 2026-04-01")


@pytest.mark.parametrize("bad", ["", " CMS01", "X" * 31])
def test_a_contact_code_that_cannot_be_one_is_refused(bad: str) -> None:
    document = shape()
    document["support"][bad] = 9
    assert "is not a contact type code" in problems_of(document)[0]


@pytest.mark.parametrize("table", ["cases", "reports", "support", "default_hours"])
def test_a_table_that_is_no_table_is_refused(table: str) -> None:
    document: dict[str, object] = dict(shape())
    document[table] = 5
    (problem,) = problems_of(document)
    assert problem.startswith(f"{table} must be a table")


@pytest.mark.parametrize("document", [None, [], "weights", 5])
def test_a_document_that_is_no_table_is_refused(document: object) -> None:
    assert problems_of(document) == ("the file must be a table of names and values",)


@pytest.mark.parametrize("entry", [{"points": 1}, {"points": 1, "counted": 1}, {"points": 1, "counted": None}])
def test_a_switchable_report_must_say_true_or_false(entry: object) -> None:
    document = weights_json(starting_weights(), complete=True)
    document["further_reports"]["parole"] = entry  # type: ignore[index]
    (problem,) = problems_of(document)
    assert problem.startswith("further_reports.parole.counted")


@pytest.mark.parametrize("version", ["seven", None, -3, True, 1.5])
def test_a_version_that_is_no_number_is_ignored(version: object) -> None:
    document: dict[str, object] = dict(shape())
    document["version"] = version
    assert parse_weights(document, further_reports=SWITCHABLE).version == 0


def test_a_file_without_a_version_is_whole() -> None:
    document: dict[str, object] = dict(shape())
    del document["version"]
    assert parse_weights(document, further_reports=SWITCHABLE).version == 0


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe{", b"[" * 100_000, "version,1"])
def test_a_file_that_is_not_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(WeightsRefused, match="not JSON"):
        parse_weights_text(text, further_reports=SWITCHABLE)


def test_a_file_with_a_byte_order_mark_is_read() -> None:
    text = b"\xef\xbb\xbf" + json.dumps(shape()).encode()
    assert parse_weights_text(text, further_reports=SWITCHABLE) == starting_weights()


def test_an_entry_that_stands_twice_is_refused() -> None:
    text = re.sub(r'"a3": 206', '"a3": 206, "a3": 207', json.dumps(shape()))
    with pytest.raises(WeightsRefused) as refused:
        parse_weights_text(text, further_reports=SWITCHABLE)
    assert refused.value.problems == ("“a3” stands twice in one table",)


@pytest.mark.parametrize("hours", ["37.0000000000000000000000000000001", "1E-9999999", "1E+9999999", "168.01"])
def test_hours_with_more_than_two_decimals_or_beyond_a_week_are_refused(hours: str) -> None:
    text = json.dumps(shape()).replace('"PO": 37,', f'"PO": {hours},')
    with pytest.raises(WeightsRefused, match=r"default_hours\.PO must be hours"):
        parse_weights_text(text, further_reports=SWITCHABLE)


@given(st.integers(0, 16_800))
def test_hours_keep_their_two_decimals(hundredths: int) -> None:
    document = shape()
    document["default_hours"]["PO"] = hundredths / 100
    weights = parse_weights(document, further_reports=SWITCHABLE)
    assert weights.default_hours_for("PO") == Decimal(hundredths) / 100
