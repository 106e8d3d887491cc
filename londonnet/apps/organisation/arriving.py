"""The rows of a roster on their way into the database: checked, folded and copied into temporary tables."""

from collections.abc import Sequence
from typing import Final

import polars as pl
from django.db import connection

from londonnet.platform.search.folding import sort_key

from .errors import BrokenRoster

COLUMNS: Final = (
    "region_code",
    "region_desc",
    "pdu_code",
    "pdu_desc",
    "ldu_code",
    "ldu_desc",
    "team_code",
    "team_desc",
    "om_key",
    "om_surname",
    "om_forename",
    "om_grade_code",
    "grade",
)
_NEEDED: Final = ("region_code", "pdu_code", "team_code", "om_key")
_LONGEST: Final = {"code": 20, "key": 20, "desc": 200, "surname": 100, "forename": 100, "grade": 3}  # as in the models
_LONGEST_SORT_KEY: Final = 250
# Each level of places with the level that it stands in.
_PARENTS: Final = (("region", ""), ("pdu", "region"), ("ldu", "pdu"), ("team", "pdu"))

_TABLES: Final = (
    "CREATE TEMPORARY TABLE arriving_place (level text, code text, name text, search_key text,"
    " parent_code text, ldu_code text, PRIMARY KEY (level, code)) ON COMMIT DROP",
    "CREATE TEMPORARY TABLE arriving_practitioner (om_key text PRIMARY KEY, surname text, forename text,"
    " sort_key text) ON COMMIT DROP",
    "CREATE TEMPORARY TABLE arriving_in_team (om_key text, team_code text, grade_code text, grade text,"
    " PRIMARY KEY (om_key, team_code)) ON COMMIT DROP",
)


def copy_in(rows: pl.DataFrame) -> None:
    """Copy a roster's rows into the temporary tables that the statements of `roster_sql` read.

    Raises:
        BrokenRoster: a column or a code is missing, a value is too long, or a practitioner-in-team stands there twice.
    """
    texts = _checked(rows)
    with connection.cursor() as cursor:
        for statement in _TABLES:
            cursor.execute(statement)
    _copy("arriving_place", _places(texts))
    _copy("arriving_practitioner", _practitioners(texts))
    _copy("arriving_in_team", texts.select("om_key", "team_code", "om_grade_code", "grade"))


def drop() -> None:
    """Drop the temporary tables: the transaction may go on to apply another roster."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE pg_temp.arriving_place, pg_temp.arriving_practitioner, pg_temp.arriving_in_team")


def _copy(table: str, rows: pl.DataFrame) -> None:
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy:
            copy.write(rows.write_csv(include_header=False, quote_style="always"))
        cursor.execute(f"ANALYZE {table}")


def _checked(rows: pl.DataFrame) -> pl.DataFrame:
    missing = [column for column in COLUMNS if column not in rows.columns]
    if missing:
        raise BrokenRoster(f"The roster has no columns {', '.join(missing)}.")
    texts = rows.select(pl.col(column).cast(pl.String).fill_null("").str.strip_chars() for column in COLUMNS)
    blank = [column for column in _NEEDED if (texts[column] == "").any()]
    if blank:
        raise BrokenRoster(f"The roster has rows without {', '.join(blank)}.")
    long = [column for column in COLUMNS if (texts[column].str.len_chars() > _longest(column)).any()]
    if long:
        raise BrokenRoster(f"The roster has values that are too long in {', '.join(long)}.")
    if texts.select("om_key", "team_code").is_duplicated().any():
        raise BrokenRoster("The roster names a practitioner in team twice.")
    return texts


def _longest(column: str) -> int:
    return 10 if column == "om_grade_code" else _LONGEST[column.rpartition("_")[2]]


def _places(texts: pl.DataFrame) -> pl.DataFrame:
    """Regions, PDUs, LDUs and teams, each once; of several rows about one, the last stands."""
    return pl.concat(_level(texts, level, parent) for level, parent in _PARENTS)


def _level(texts: pl.DataFrame, level: str, parent: str) -> pl.DataFrame:
    last = texts.unique(f"{level}_code", keep="last", maintain_order=True).filter(pl.col(f"{level}_code") != "")
    return last.select(
        pl.lit(level).alias("level"),
        pl.col(f"{level}_code").alias("code"),
        pl.col(f"{level}_desc").alias("name"),
        _folded(last, f"{level}_desc"),
        (pl.col(f"{parent}_code") if parent else pl.lit("")).alias("parent_code"),
        (pl.col("ldu_code") if level == "team" else pl.lit("")).alias("in_ldu"),
    )


def _practitioners(texts: pl.DataFrame) -> pl.DataFrame:
    last = texts.unique("om_key", keep="last", maintain_order=True)
    return last.select("om_key", "om_surname", "om_forename", _folded(last, "om_surname", "om_forename"))


def _folded(rows: pl.DataFrame, *parts: str) -> pl.Series:
    names: Sequence[tuple[str, ...]] = rows.select(parts).rows()
    return pl.Series("folded", [sort_key(*name)[:_LONGEST_SORT_KEY] for name in names], dtype=pl.String)
