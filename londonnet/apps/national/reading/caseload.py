"""The case sheets: the list of cases, the flags on them, suspended and stand-alone orders, and suspended lifers."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from ..layout import CASE_LIST_SHEET, ROW_TYPES
from . import cells
from .faults import dated, located, needed, tiered
from .reading import Note
from .sheets import SheetText
from .sifting import Sifted, readable_cells, sift, unknown_cases, unknown_people

_KEYS: Final = {
    CASE_LIST_SHEET: ("case_ref_no",),
    "flag_upw": ("case_ref_no", "row_type"),
    "flag_o_due": ("case_ref_no", "row_type"),
    "flag_priority": ("case_ref_no", "row_type"),
    "wmt_extract_sa": ("case_ref_no", "disposal_type_code", "standalone_order"),
    "suspended_lifers": ("case_ref_no", "register_code"),
}
_LIFER_DATES: Final = ("deregistration_date", "registration_date", "next_review_date")
_LIFER_TEXTS: Final = (
    "in_custody",
    "register_code",
    "register_description",
    "register_level",
    "register_level_description",
    "register_category",
    "register_category_description",
)
_RULES: Final = (
    needed("case_ref_no", "is empty: a case needs its CRN"),
    needed("om_key", "is empty: a row needs the practitioner's key"),
    needed("team_code", "is empty: a row needs the team's code"),
    tiered("tier_code"),
    located("location"),
)
_FLAG_SCHEMA: Final = pl.Schema({"crn": pl.String, "kind": pl.String, "detail": pl.String})


@dataclass(frozen=True)
class CaseSheet:
    """One case sheet, sorted, with the flags that it sets and what should be known about it."""

    sifted: Sifted
    rows: pl.DataFrame
    flags: pl.DataFrame
    notes: tuple[Note, ...]


def read_case_sheet(sheet: SheetText, people: pl.DataFrame, cases: pl.DataFrame | None) -> CaseSheet:
    """Any of the six case sheets.

    Args:
        sheet: the sheet as it came.
        people: om_key and team_code of every practitioner-in-team that the identity sheets name.
        cases: the loaded cases (crn); None for the list of cases itself.
    """
    frame = readable_cells(sheet)
    places = sheet.positions
    found = [unknown_people(frame, ("om_key", "team_code"), people, places["om_key"])]
    if cases is not None:
        found.append(unknown_cases(frame, cases, places["case_ref_no"]))
    dates = _LIFER_DATES if sheet.name == "suspended_lifers" else ()
    rules = [*_RULES, *(dated(name) for name in dates)]
    sifted = sift(sheet, frame, rules=rules, key=_KEYS[sheet.name], found=found)
    return CaseSheet(
        sifted, _rows(sifted.good, sheet.name), _flags(sifted.good, sheet.name), _notes(sifted, sheet.name)
    )


def _rows(good: pl.DataFrame, sheet: str) -> pl.DataFrame:
    text = pl.col("row_type").fill_null("")
    return good.select(
        pl.col("case_ref_no").alias("crn"),
        "om_key",
        "team_code",
        cells.tier(pl.col("tier_code")).alias("tier"),
        cells.location(pl.col("location")).alias("location"),
        text,
        pl.col("om_grade_code").fill_null("").alias("grade_code"),
        *_own_columns(sheet),
    )


def _own_columns(sheet: str) -> list[pl.Expr]:
    if sheet == "wmt_extract_sa":
        names = ("disposal_type_code", "disposal_type_desc", "standalone_order")
        return [pl.col(name).fill_null("") for name in names]
    if sheet == "suspended_lifers":
        texts = [pl.col(name).fill_null("") for name in _LIFER_TEXTS]
        return [*texts, *(cells.day(pl.col(name)).alias(name) for name in _LIFER_DATES)]
    return []


def _flags(good: pl.DataFrame, sheet: str) -> pl.DataFrame:
    kinds = ROW_TYPES[sheet]
    # A letter that the layout doesn't know sets the sheet's own flag, except in the list of cases: N sets none.
    usual = None if sheet == CASE_LIST_SHEET else next(iter(kinds.values()))
    letter = pl.col("row_type").fill_null("")
    flagged = good.select(
        pl.col("case_ref_no").alias("crn"),
        letter.replace_strict(dict(kinds), default=usual, return_dtype=pl.String).alias("kind"),
        _detail(sheet).alias("detail"),
    )
    return pl.concat([_FLAG_SCHEMA.to_frame(), flagged.filter(pl.col("kind").is_not_null())]).unique(
        maintain_order=True
    )


def _detail(sheet: str) -> pl.Expr:
    if sheet == "wmt_extract_sa":
        texts = [pl.col(name).fill_null("") for name in ("disposal_type_code", "standalone_order")]
        return pl.concat_str(texts, separator=" ").str.strip_chars()
    if sheet == "suspended_lifers":
        return pl.col("register_code").fill_null("")
    return pl.col("row_type").fill_null("")


def _notes(sifted: Sifted, sheet: str) -> tuple[Note, ...]:
    letters = list(ROW_TYPES[sheet])
    odd = sifted.good.filter(~pl.col("row_type").fill_null("").is_in(letters)).height
    notes = list(crn_notes(sifted.good["case_ref_no"], sheet))
    if odd:
        known = " or ".join(letters)
        notes.append(
            Note("unknown-row-type", f"{odd:,} rows of {sheet} have a row_type other than {known}; they were loaded.")
        )
    return tuple(notes)


def crn_notes(crns: pl.Series, sheet: str) -> list[Note]:
    """A note on CRNs that don't have the form of one: a letter and six digits. They are loaded as they are."""
    odd = crns.drop_nulls().filter(~crns.drop_nulls().str.contains(cells.CRN_FORM)).len()
    if not odd:
        return []
    return [
        Note(
            "ill-formed-crn",
            f"{odd:,} rows of {sheet} have a CRN that isn't a letter and six digits; they were loaded.",
        )
    ]
