from itertools import product

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from londonnet.apps.national.layout import (
    COUNT_COLUMNS,
    GRADE_OF_CODE,
    SHEETS,
    TIERS,
    grade_of,
    normalised,
    tier_name,
    tier_number,
)
from londonnet.apps.national.reading.cells import tier
from londonnet.apps.national.reading.practitioners import grade


def test_there_are_13_sheets_of_the_published_widths() -> None:
    widths = [len(columns) for columns in SHEETS.values()]
    assert widths == [116, 116, 116, 116, 19, 7, 7, 7, 7, 10, 17, 15, 26]
    assert all(len(set(columns)) == len(columns) for columns in SHEETS.values())


def test_every_name_in_the_layout_is_in_its_normalised_form() -> None:
    names = [*SHEETS, *(column for columns in SHEETS.values() for column in columns)]
    assert [normalised(name) for name in names] == names


def test_names_are_compared_trimmed_lower_case_and_without_hyphens() -> None:
    assert normalised(" V-CRN_COUNT\t") == "vcrn_count"


def test_the_99_counts_are_every_location_with_every_tier_once() -> None:
    assert len(COUNT_COLUMNS) == 99
    assert set(COUNT_COLUMNS.values()) == set(product(("community", "custody", "licence"), range(33)))
    assert COUNT_COLUMNS["commtier0"] == ("community", 0)
    assert COUNT_COLUMNS["commtierb2"] == ("community", 6)
    assert COUNT_COLUMNS["licencetiera3s"] == ("licence", 17)
    assert COUNT_COLUMNS["custtierd0s"] == ("custody", 32)


def test_tier_numbers_run_as_the_file_format_numbers_them() -> None:
    scored = "a3 a2 a1 a0 b3 b2 b1 b0 c3 c2 c1 c0 d3 d2 d1 d0".split()  # noqa: SIM905 - reads as published
    assert ["0", *scored, *(f"{name}s" for name in scored)] == list(TIERS)
    assert [tier_name(number) for number in range(33)] == list(TIERS)
    with pytest.raises(ValueError, match="33 isn't a tier number"):
        tier_name(33)


@given(st.one_of(st.integers(-50, 50).map(str), st.text(max_size=6), st.floats(0, 40).map(str)))
def test_a_tier_code_reads_the_same_alone_and_in_a_column(code: str) -> None:
    column = pl.DataFrame({"code": [code.strip() or None]}, schema={"code": pl.String})
    assert column.select(tier(pl.col("code"))).item() == tier_number(code)


@pytest.mark.parametrize(
    ("code", "grade_expected"),
    [
        *(("M", "PO"), ("PSO", "PO"), (" nps-pqf ", "TPO"), ("CRCPQF", "TPO"), ("CPQF", "TPO"), ("PSQ", "PSO")),
        *(("C", "SPO"), ("PS4", "PSO"), ("", ""), ("  ", ""), ("PO", "DMY"), ("NPSA", "DMY")),
    ],
)
def test_a_grade_code_stands_for_its_published_grade(code: str, grade_expected: str) -> None:
    assert grade_of(code) == grade_expected


@given(st.one_of(st.sampled_from(sorted(GRADE_OF_CODE)), st.text(alphabet="ABCMNPQS14-", max_size=5)))
def test_a_grade_reads_the_same_alone_and_in_a_column(code: str) -> None:
    column = pl.DataFrame({"code": [code]}, schema={"code": pl.String})
    assert column.select(grade(pl.col("code"))).item() == grade_of(code)
