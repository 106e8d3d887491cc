"""Who is where: practitioners-in-team and the places above them, from every row that names them.

Rows are taken in the layout's order of sheets and then by row, and a later one wins over an earlier one; what the
file says in two ways is noted.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from ..layout import IDENTITY_SHEETS
from . import cells
from .practitioners import KEY, grade
from .reading import Note, Organisation

_MOST_EXAMPLES = 5
_MOST_ALIKE = 20
_LEVELS: Final = {"region": "region", "pdu": "PDU", "ldu": "LDU", "team": "team"}


def placed(rows: pl.DataFrame) -> tuple[Organisation, pl.DataFrame]:
    """The organisation and the practitioners-in-team that all identity rows together name.

    Args:
        rows: identity rows of all sheets, in the order in which a later one wins.
    """
    organisation = Organisation(
        regions=_level(rows, "region"),
        pdus=_level(rows, "pdu", "region_code"),
        ldus=_level(rows, "ldu", "pdu_code"),
        teams=_level(rows, "team", "pdu_code", "ldu_code"),
    )
    return organisation, _people(rows, organisation)


def _level(rows: pl.DataFrame, level: str, *above: str) -> pl.DataFrame:
    code, name = f"{level}_code", f"{level}_desc"
    return (
        rows.filter(pl.col(code).is_not_null())
        .group_by(pl.col(code).alias("code"), maintain_order=True)
        .agg(pl.col(name).drop_nulls().last().alias("name"), *(pl.col(column).last() for column in above))
        .with_columns(pl.col("name").fill_null(pl.col("code")))
        .sort("code")
    )


def _people(rows: pl.DataFrame, organisation: Organisation) -> pl.DataFrame:
    code = pl.col("om_grade_code").last().fill_null("").alias("grade_code")
    named_in = [(pl.col("sheet") == sheet).any().alias(f"in_{sheet}") for sheet in IDENTITY_SHEETS]
    people = rows.group_by(*KEY, maintain_order=True).agg(
        pl.col("om_surname").drop_nulls().last().fill_null("").alias("surname"),
        pl.col("om_forename").drop_nulls().last().fill_null("").alias("forename"),
        code,
        pl.col("trust").drop_nulls().last().fill_null("").alias("trust"),
        *named_in,
    )
    teams = organisation.teams.select(pl.col("code").alias("team_code"), "pdu_code", "ldu_code")
    pdus = organisation.pdus.select(pl.col("code").alias("pdu_code"), "region_code")
    return (
        people.with_columns(grade(pl.col("grade_code")).alias("grade"))
        .join(teams, on="team_code", how="left")
        .join(pdus, on="pdu_code", how="left")
        .sort(*KEY)
    )


def organisation_notes(rows: pl.DataFrame) -> list[Note]:
    """What the identity rows say in two ways, and codes that don't have the form of their kind."""
    notes = [note for level in _LEVELS for note in _the_first(_two_names(rows, level))]
    notes += _the_first(_two_places(rows, "team", "pdu_code", "PDUs"))
    notes += _the_first(_two_places(rows, "pdu", "region_code", "regions"))
    notes += _two_grades(rows)
    notes += _ill_formed(rows, "om_key", cells.PRACTITIONER_FORM, "practitioner keys")
    notes += _ill_formed(rows, "team_code", cells.TEAM_FORM, "team codes")
    return notes + _several_trusts(rows)


def _the_first(notes: list[Note]) -> list[Note]:
    """A file that disagrees with itself everywhere is told in a few lines, not in thousands."""
    if len(notes) <= _MOST_ALIKE:
        return notes
    return [*notes[:_MOST_ALIKE], Note(notes[0].code, f"And {len(notes) - _MOST_ALIKE:,} more of this kind.")]


def _two_names(rows: pl.DataFrame, level: str) -> list[Note]:
    code, name = f"{level}_code", f"{level}_desc"
    twice = _differing(rows, code, name)
    return [
        Note(
            "two-descriptions",
            f"The {_LEVELS[level]} {found} has several descriptions ({'; '.join(names)}); the last one stands.",
        )
        for found, names in twice.iter_rows()
    ]


def _two_places(rows: pl.DataFrame, level: str, above: str, word: str) -> list[Note]:
    return [
        Note(
            f"{level}-in-two-places",
            f"The {_LEVELS[level]} {found} is under several {word} ({', '.join(places)}); the last one stands.",
        )
        for found, places in _differing(rows, f"{level}_code", above).iter_rows()
    ]


def _differing(rows: pl.DataFrame, code: str, told: str) -> pl.DataFrame:
    """Codes told in several ways, each with its ways in the order of their last appearance."""
    numbered = rows.with_row_index("place").filter(pl.col(code).is_not_null() & pl.col(told).is_not_null())
    ways = numbered.group_by(code, told).agg(pl.col("place").max()).sort("place")
    return ways.group_by(code, maintain_order=True).agg(told).filter(pl.col(told).list.len() > 1).sort(code)


def _two_grades(rows: pl.DataFrame) -> list[Note]:
    graded = rows.group_by(*KEY).agg(pl.col("om_grade_code").fill_null("").n_unique().alias("grades"))
    many = graded.filter(pl.col("grades") > 1)
    if many.is_empty():
        return []
    people = _examples(many["om_key"].sort())
    return [
        Note(
            "two-grades",
            f"{many.height:,} practitioners have different grades in different sheets ({people}); the last one stands.",
        )
    ]


def _ill_formed(rows: pl.DataFrame, column: str, form: str, what: str) -> list[Note]:
    odd = rows.filter(~pl.col(column).str.contains(form))[column].unique().sort()
    if odd.is_empty():
        return []
    return [
        Note("ill-formed-code", f"{odd.len():,} {what} don't have the usual form ({_examples(odd)}); they were loaded.")
    ]


def _several_trusts(rows: pl.DataFrame) -> list[Note]:
    trusts = rows["trust"].drop_nulls().unique().sort()
    if trusts.len() < 2:
        return []
    return [
        Note(
            "several-trusts",
            f"The file names {trusts.len()} trusts ({_examples(trusts)}); all of it goes into this one.",
        )
    ]


def _examples(values: Sequence[str] | pl.Series) -> str:
    shown = ", ".join(str(value) for value in values[:_MOST_EXAMPLES])
    return f"{shown}, …" if len(values) > _MOST_EXAMPLES else shown
