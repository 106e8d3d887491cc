"""Cells that came as text, turned into whole numbers, days, tiers and locations: polars expressions only.

Every expression gives null for a cell that can't be read *and* for an empty one; the rules in `faults.py` tell the
two apart, so that nothing unreadable ever becomes a 0.
"""

from datetime import date
from typing import Final

import polars as pl

from ..layout import HIGHEST_TIER, LOCATION_OF_SPELLING

ROW: Final = "londonnet_row"
MOST: Final = 1_000_000
EXCEL_ERRORS: Final = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!")

_WHOLE = r"^\+?0*([0-9]{1,9})(?:\.0*)?$"
_MINUS_NOTHING = r"^-0+(?:\.0*)?$"
_NEGATIVE = r"^-[0-9]*\.?[0-9]+$"
_FRACTION = r"^\+?[0-9]*\.[0-9]+$"
_HUGE = r"^\+?[0-9]+(?:\.0*)?$"
_TIME = r"(?:[T ][0-9:.+Z -]*)?$"
_ISO_DAY = r"^([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})" + _TIME
_BRITISH_DAY = r"^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})" + _TIME
_EXCEL_SERIAL = r"^([1-7][0-9]{4})(?:\.[0-9]+)?$"
_EXCEL_EPOCH = date(1899, 12, 30)
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)

CRN_FORM: Final = r"^[A-Z][0-9]{6}$"
PRACTITIONER_FORM: Final = r"^[A-Z][0-9]{2}[A-Z0-9]{3,5}$"
TEAM_FORM: Final = r"^[A-Z][0-9]{2}[A-Z0-9]{3}$"


def trimmed(frame: pl.DataFrame) -> pl.DataFrame:
    """All text without blanks around it; a cell with nothing else is empty (null)."""
    text = pl.col(pl.String).str.strip_chars()
    return frame.with_columns(text).with_columns(pl.when(pl.col(pl.String) != "").then(pl.col(pl.String)))


def whole_number(cell: pl.Expr) -> pl.Expr:
    """The whole number 0…1,000,000 in a cell: `3`, `3.0` and `+3` are 3; `1.5`, `-1` and `abc` can't be read."""
    number = cell.str.extract(_WHOLE, 1).cast(pl.Int32, strict=False)
    nothing = pl.when(cell.str.contains(_MINUS_NOTHING)).then(pl.lit(0, pl.Int32))
    return pl.coalesce(pl.when(number <= MOST).then(number), nothing)


def why_no_whole_number(cell: pl.Expr) -> pl.Expr:
    """In words, why `whole_number` couldn't read the cell."""
    return (
        pl.when(cell.str.contains(_NEGATIVE))
        .then(pl.lit("is negative; a number here is 0 or more"))
        .when(cell.str.contains(_FRACTION))
        .then(pl.lit("isn't a whole number"))
        .when(cell.str.contains(_HUGE))
        .then(pl.lit(f"is more than {MOST:,}"))
        .otherwise(pl.lit("isn't a number"))
    )


def tier(cell: pl.Expr) -> pl.Expr:
    """The tier number 0…32 in a `tier_code` cell."""
    number = whole_number(cell)
    return pl.when(number <= HIGHEST_TIER).then(number).cast(pl.Int8)


def location(cell: pl.Expr) -> pl.Expr:
    """ "community", "custody" or "licence" (LICENSE is the same), from any case."""
    return cell.str.to_uppercase().replace_strict(dict(LOCATION_OF_SPELLING), default=None, return_dtype=pl.String)


def day(cell: pl.Expr) -> pl.Expr:
    """The day in a cell that holds an Excel date, an ISO date or dd/mm/yyyy; a time of day behind it is dropped."""
    british = cell.str.extract_groups(_BRITISH_DAY)
    written = pl.coalesce(
        cell.str.extract(_ISO_DAY, 1),
        british.struct.field("3") + "-" + british.struct.field("2") + "-" + british.struct.field("1"),
    ).str.to_date("%Y-%m-%d", strict=False)
    serial = pl.lit(_EXCEL_EPOCH) + pl.duration(days=cell.str.extract(_EXCEL_SERIAL, 1).cast(pl.Int64))
    found = pl.coalesce(written, serial.cast(pl.Date))
    return pl.when(found.is_between(_FIRST_DAY, _LAST_DAY)).then(found)
