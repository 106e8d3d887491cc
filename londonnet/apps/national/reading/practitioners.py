"""The five sheets that name practitioners: who is there, in which team, and with which counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from ..layout import (
    COUNT_COLUMNS,
    FIRST_SIXTEEN_WEEKS_COLUMNS,
    GRADE_OF_CODE,
    IDENTITY_COLUMNS,
    REPORT_COUNT_COLUMNS,
    UNSUPPORTED_GRADE,
)
from . import cells
from .cells import ROW
from .faults import Rule, dated, needed, whole
from .sheets import SheetText
from .sifting import Sifted, readable_cells, sift

KEY: Final = ("om_key", "team_code")
_COUNT_PLACES: Final = pl.DataFrame(
    [(column, location, tier) for column, (location, tier) in COUNT_COLUMNS.items()],
    schema={"column": pl.String, "location": pl.String, "tier": pl.Int8},
    orient="row",
)
_IDENTITY_RULES: Final = (
    needed("om_key", "is empty: a row needs the practitioner's key"),
    needed("team_code", "is empty: a row needs the team's code"),
    needed("pdu_code", "is empty: a team belongs to a PDU"),
    needed("region_code", "is empty: a PDU belongs to a region"),
)


@dataclass(frozen=True)
class PractitionerSheet:
    """One of the five sheets, sorted: its identity rows, days, and figures.

    `figures` is the counts (long form) and first-weeks columns of a workload sheet, or the court reports.
    """

    sifted: Sifted
    identities: pl.DataFrame
    days: pl.DataFrame
    counts: pl.DataFrame
    figures: pl.DataFrame


def read_workload_sheet(sheet: SheetText) -> PractitionerSheet:
    """A sheet with the 99 counts: `wmt_extract`, `wmt_extract_filtered`, `t2a` or `omic_teams`."""
    frame = readable_cells(sheet)
    numbers = _filled_counts(frame)
    frame = frame.drop(*COUNT_COLUMNS)
    rules = [*_identity_rules(), dated("datestamp"), *(whole(name) for name in FIRST_SIXTEEN_WEEKS_COLUMNS)]
    bad_counts = _count_faults(numbers, sheet.positions)
    sifted = sift(sheet, frame, rules=rules, key=KEY, found=[bad_counts])
    return PractitionerSheet(
        sifted=sifted,
        identities=_identities(sifted.good, sheet.name),
        days=_days(frame),
        counts=_counts(numbers, sifted.good),
        figures=sifted.good.select(pl.lit(sheet.name).alias("sheet"), *KEY, *_numbers(FIRST_SIXTEEN_WEEKS_COLUMNS)),
    )


def read_court_reports(sheet: SheetText) -> PractitionerSheet:
    """The sheet `court_reports`."""
    frame = readable_cells(sheet)
    rules = [*_identity_rules(), dated("datestamp"), *(whole(name) for name in REPORT_COUNT_COLUMNS)]
    sifted = sift(sheet, frame, rules=rules, key=KEY)
    grade = pl.col("om_team_staff_grade").fill_null("").alias("team_staff_grade_code")
    return PractitionerSheet(
        sifted=sifted,
        identities=_identities(sifted.good, sheet.name),
        days=_days(frame),
        counts=pl.DataFrame(),
        figures=sifted.good.select(*KEY, grade, *_numbers(REPORT_COUNT_COLUMNS)),
    )


def _identity_rules() -> list[Rule]:
    return list(_IDENTITY_RULES)


def _numbers(names: Sequence[str]) -> list[pl.Expr]:
    return [cells.whole_number(pl.col(name)).fill_null(0).alias(name) for name in names]


def _filled_counts(frame: pl.DataFrame) -> pl.DataFrame:
    """The count cells that aren't empty or a plain 0, in long form with the number read (null when unreadable)."""
    long = frame.lazy().unpivot(list(COUNT_COLUMNS), index=ROW, variable_name="column", value_name="value")
    filled = long.filter(pl.col("value").is_not_null() & (pl.col("value") != "0"))
    return filled.with_columns(cells.whole_number(pl.col("value")).alias("count")).collect()


def _count_faults(numbers: pl.DataFrame, positions: Mapping[str, int]) -> pl.DataFrame:
    value = pl.col("value")
    return numbers.filter(pl.col("count").is_null()).select(
        ROW,
        pl.col("column").replace_strict(dict(positions), return_dtype=pl.Int32).alias("position"),
        "column",
        value,
        cells.why_no_whole_number(value).alias("reason"),
    )


def _counts(numbers: pl.DataFrame, good: pl.DataFrame) -> pl.DataFrame:
    return (
        numbers.filter(pl.col("count") > 0)
        .join(good.select(ROW, *KEY), on=ROW, how="inner")
        .join(_COUNT_PLACES, on="column", how="inner")
        .select(*KEY, "location", "tier", "count")
        .sort(*KEY, "location", "tier")
    )


def _days(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(cells.day(pl.col("datestamp")).alias("day"), pl.col("datestamp").alias("written"))


def _identities(good: pl.DataFrame, sheet: str) -> pl.DataFrame:
    return good.select(pl.lit(sheet).alias("sheet"), ROW, *IDENTITY_COLUMNS)


def grade(code: pl.Expr) -> pl.Expr:
    """The grade of a column of grade codes; the same table as `layout.grade_of`."""
    known = code.replace_strict(dict(GRADE_OF_CODE), default=UNSUPPORTED_GRADE, return_dtype=pl.String)
    return pl.when(code.is_null() | (code == "")).then(pl.lit("")).otherwise(known)
