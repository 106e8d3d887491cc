"""Rules about cells, what breaks them, and the sorting of a sheet's rows into good ones and faulty ones.

A fault is one cell that breaks a rule: a frame with the row's number, the column's place, its name, the value as it
came and why it can't be taken. Rows without a fault are good. All of it runs over whole columns at a time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from . import cells
from .cells import ROW

FAULT_SCHEMA: Final = pl.Schema(
    {ROW: pl.UInt32, "position": pl.Int32, "column": pl.String, "value": pl.String, "reason": pl.String}
)
_MOST_NAMED = 12


@dataclass(frozen=True)
class Rule:
    """One demand on the cells of a column.

    Attributes:
        column: the column's name.
        broken: an expression that is true where the demand isn't met.
        reason: in words, after the column's name: "is empty".
        tells_errors: whether an Excel error such as #N/A breaks this rule too, because it isn't a number or a date.
    """

    column: str
    broken: pl.Expr
    reason: pl.Expr
    tells_errors: bool = False


def needed(column: str, reason: str = "is empty") -> Rule:
    """The cell must hold something."""
    return Rule(column, pl.col(column).is_null(), pl.lit(reason))


def whole(column: str) -> Rule:
    """The cell, unless empty, must be a whole number of 0 or more."""
    cell = pl.col(column)
    return Rule(column, cell.is_not_null() & cells.whole_number(cell).is_null(), cells.why_no_whole_number(cell), True)


def dated(column: str) -> Rule:
    """The cell, unless empty, must be a date."""
    cell = pl.col(column)
    return Rule(
        column,
        cell.is_not_null() & cells.day(cell).is_null(),
        pl.lit("isn't a date; write it as an Excel date, 2026-11-20 or 20/11/2026"),
        tells_errors=True,
    )


def tiered(column: str) -> Rule:
    """The cell must be one of the tier codes 0…32; blank isn't one."""
    return Rule(column, cells.tier(pl.col(column)).is_null(), pl.lit("isn't a known tier code, 0 to 32"), True)


def located(column: str) -> Rule:
    """The cell must be COMMUNITY, CUSTODY or LICENCE."""
    return Rule(
        column,
        cells.location(pl.col(column)).is_null(),
        pl.lit("isn't a known location: COMMUNITY, CUSTODY or LICENCE"),
        tells_errors=True,
    )


def free_of_excel_errors(columns: Iterable[str]) -> list[Rule]:
    """No cell of these may be an Excel error such as #N/A."""
    return [
        Rule(column, pl.col(column).is_in(cells.EXCEL_ERRORS), pl.lit("is an Excel error, not a value"))
        for column in columns
    ]


# The longest text that a column is kept with, where that is less than usual; codes are 20 letters at most.
LONGEST_USUAL: Final = 200
_LONGEST: Final = {
    **dict.fromkeys(("om_surname", "om_forename"), 100),
    **dict.fromkeys(("om_grade_code", "event_no"), 10),
    **dict.fromkeys(("contact_id",), 40),
    **dict.fromkeys(("disposal_type_code", "standalone_order", "register_level", "register_category"), 50),
    **dict.fromkeys(("nsi_cd", "nsi_status_cd", "nsi_outcome_cd"), 50),
    **dict.fromkeys(
        (
            *("region_code", "pdu_code", "ldu_code", "team_code", "om_key", "case_ref_no", "crn", "om_team_key"),
            *("contact_type_code", "contact_staff_key", "contact_team_key", "register_code", "in_custody"),
            *("team_cd_offender_manager", "staff_cd_offender_manager"),
        ),
        20,
    ),
}


def short_enough(columns: Iterable[str]) -> list[Rule]:
    """No cell of these may be longer than it can be kept: an over-long one would sink the whole load."""
    return [_no_longer(column, _LONGEST.get(column, LONGEST_USUAL)) for column in columns]


def _no_longer(column: str, most: int) -> Rule:
    return Rule(column, pl.col(column).str.len_chars() > most, pl.lit(f"is longer than {most} letters"))


def no_faults() -> pl.DataFrame:
    """An empty frame of faults."""
    return pl.DataFrame(schema=FAULT_SCHEMA)


def faults_where(frame: pl.DataFrame, rule: Rule, positions: Mapping[str, int]) -> pl.DataFrame:
    """The cells of the rule's column that break it."""
    return frame.filter(rule.broken).select(
        ROW,
        pl.lit(positions.get(rule.column, 0), pl.Int32).alias("position"),
        pl.lit(rule.column).alias("column"),
        pl.col(rule.column).alias("value"),
        rule.reason.alias("reason"),
    )


def broken_rules(frame: pl.DataFrame, rules: Iterable[Rule], positions: Mapping[str, int]) -> pl.DataFrame:
    """All faults that the rules find, one row a cell."""
    return pl.concat([no_faults(), *(faults_where(frame, rule, positions) for rule in rules)])


def without_faulty_rows(frame: pl.DataFrame, faults: pl.DataFrame) -> pl.DataFrame:
    """The rows that no fault names."""
    return frame if faults.is_empty() else frame.join(faults.select(ROW).unique(), on=ROW, how="anti")


def repeats(frame: pl.DataFrame, key: Sequence[str], positions: Mapping[str, int]) -> pl.DataFrame:
    """The rows whose key stands in an earlier row already: the first stands, the later ones are faults."""
    first = pl.col(ROW).first().over(list(key))
    later = frame.with_columns(first.alias("first_row")).filter(pl.col(ROW) != pl.col("first_row"))
    return later.select(
        ROW,
        pl.lit(positions.get(key[0], 0), pl.Int32).alias("position"),
        pl.lit(key[0]).alias("column"),
        pl.concat_str([pl.col(name) for name in key], separator=" ", ignore_nulls=True).alias("value"),
        pl.format(
            "with the same {} is already in row {}; the first stands", pl.lit(" + ".join(key)), "first_row"
        ).alias("reason"),
    )


def quarantined_rows(faults: pl.DataFrame) -> pl.DataFrame:
    """One row for each faulty row of the sheet: its first bad column and value, and a reason that names all.

    Columns: the row's number, column, value, reason; sorted by row.
    """
    said = pl.format("{} {}", "column", "reason")
    more = (
        pl.when(pl.len() > _MOST_NAMED).then(pl.format("; and {} more", pl.len() - _MOST_NAMED)).otherwise(pl.lit(""))
    )
    return (
        faults.sort(ROW, "position", maintain_order=True)
        .group_by(ROW, maintain_order=True)
        .agg(
            pl.col("column").first(),
            pl.col("value").first().fill_null(""),
            (said.head(_MOST_NAMED).str.join("; ") + more).alias("reason"),
        )
    )
