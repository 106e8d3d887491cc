"""One sheet's rows sorted into those that go in and those that wait in the quarantine, and counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from .cells import ROW
from .faults import (
    Rule,
    broken_rules,
    free_of_excel_errors,
    no_faults,
    quarantined_rows,
    repeats,
    short_enough,
    without_faulty_rows,
)
from .reading import QuarantinedText, SheetTally
from .sheets import SheetText

# Codes are compared and kept in capitals, whatever the file writes.
_CODES: Final = (
    "region_code",
    "pdu_code",
    "ldu_code",
    "team_code",
    "om_key",
    "om_grade_code",
    "om_team_staff_grade",
    "case_ref_no",
    "crn",
    "row_type",
    "contact_type_code",
    "contact_staff_key",
    "contact_team_key",
    "om_team_key",
)


@dataclass(frozen=True)
class Sifted:
    """What became of a sheet: its good rows as text, its faulty rows (one entry each), and the counts."""

    good: pl.DataFrame
    quarantined: pl.DataFrame
    text: QuarantinedText
    tally: SheetTally


def readable_cells(sheet: SheetText) -> pl.DataFrame:
    """The layout's columns as trimmed text, codes in capitals, empty rows left out."""
    frame = sheet.cells()
    codes = [name for name in _CODES if name in frame.columns]
    return frame.with_columns(pl.col(codes).str.to_uppercase())


def sift(
    sheet: SheetText,
    frame: pl.DataFrame,
    *,
    rules: Iterable[Rule],
    key: Sequence[str],
    found: Sequence[pl.DataFrame] = (),
) -> Sifted:
    """Sort the rows of a sheet.

    Args:
        sheet: the sheet as it came.
        frame: its cells, from `readable_cells`.
        rules: demands on its cells; that no text is an Excel error or over-long is always demanded.
        key: columns that must be unique; the first of several good rows stands.
        found: faults found already, by other means.
    """
    places = sheet.positions
    ruled = list(rules)
    told = {ROW} | {rule.column for rule in ruled if rule.tells_errors}
    texts = [name for name in frame.columns if name not in told]
    faults = pl.concat(
        [*found, broken_rules(frame, [*ruled, *free_of_excel_errors(texts), *short_enough(texts)], places)]
    )
    readable = without_faulty_rows(frame, faults)
    repeated = repeats(readable, key, places)
    quarantined = quarantined_rows(pl.concat([faults, repeated]))
    return Sifted(
        good=without_faulty_rows(readable, repeated),
        quarantined=quarantined,
        text=QuarantinedText(sheet.headings, sheet.raw.join(quarantined.select(ROW), on=ROW, how="semi")),
        tally=SheetTally(
            read=sheet.raw.height,
            loaded=frame.height - quarantined.height,
            quarantined=quarantined.height,
            ignored=sheet.raw.height - frame.height,
        ),
    )


def unknown_people(frame: pl.DataFrame, columns: tuple[str, str], known: pl.DataFrame, position: int) -> pl.DataFrame:
    """Faults for rows whose practitioner key and team aren't among the known practitioners-in-team."""
    key, team = columns
    named = frame.filter(pl.col(key).is_not_null() & pl.col(team).is_not_null())
    strangers = named.join(known, left_on=[key, team], right_on=["om_key", "team_code"], how="anti")
    return pl.concat(
        [
            no_faults(),
            strangers.select(
                ROW,
                pl.lit(position, pl.Int32).alias("position"),
                pl.lit(key).alias("column"),
                pl.col(key).alias("value"),
                pl.format("is nobody known: no sheet with names has {} in team {}", key, team).alias("reason"),
            ),
        ]
    )


def unknown_cases(frame: pl.DataFrame, known: pl.DataFrame, position: int) -> pl.DataFrame:
    """Faults for flag rows about a CRN that isn't a loaded row of the case list."""
    named = frame.filter(pl.col("case_ref_no").is_not_null())
    strangers = named.join(known, left_on="case_ref_no", right_on="crn", how="anti")
    return pl.concat(
        [
            no_faults(),
            strangers.select(
                ROW,
                pl.lit(position, pl.Int32).alias("position"),
                pl.lit("case_ref_no").alias("column"),
                pl.col("case_ref_no").alias("value"),
                pl.lit("isn't among the loaded cases of flag_warr_4_n").alias("reason"),
            ),
        ]
    )
