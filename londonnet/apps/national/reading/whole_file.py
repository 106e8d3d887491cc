"""Demands on the file as a whole: a day of its own, and sheets that haven't been swapped."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from .reading import Note

_MOST_DAYS = 5


def day_of_file(days: pl.DataFrame) -> tuple[date | None, list[Note]]:
    """The file's day, the most common datestamp (of equally common ones the latest); None when none is readable.

    Args:
        days: `day`, the datestamps of all rows that have the column, null where unreadable.
    """
    counted = days.filter(pl.col("day").is_not_null()).group_by("day").len().sort("len", "day", descending=True)
    if counted.is_empty():
        return None, []
    found: list[date] = counted["day"].to_list()
    if len(found) == 1:
        return found[0], []
    others = ", ".join(day.isoformat() for day in found[1 : _MOST_DAYS + 1])
    more = ", …" if len(found) > _MOST_DAYS + 1 else ""
    chosen = f"The file carries several datestamps; its day is {found[0].isoformat()}, the most common."
    message = f"{chosen} Others: {others}{more}."
    return found[0], [Note("several-datestamps", message)]


def whole_file_reasons(day: date | None, days: pl.DataFrame, totals: Mapping[str, int], has_rows: bool) -> list[str]:
    """Why the file as a whole is refused although its sheets and columns are all there.

    Args:
        day: the file's day, if it has one.
        days: every datestamp, as written (`written`).
        totals: the total of cases of each workload sheet.
        has_rows: whether the filtered or the transition-to-adulthood sheet has any row.
    """
    reasons = [] if day is not None else [_no_day(days["written"].drop_nulls().head(1).to_list())]
    t2a, filtered = totals["t2a"], totals["wmt_extract_filtered"]
    if has_rows and filtered == t2a == 0:
        reasons.append(
            "No cases could be read from the sheets wmt_extract_filtered and t2a: their counts are empty, or their rows"
            " can't be read. Send the export as it came."
        )
    elif has_rows and t2a >= filtered:
        reasons.append(
            f"The sheet t2a has {t2a:,} cases and wmt_extract_filtered {filtered:,}: transition-to-adulthood cases"
            " must be fewer than all cases. The sheets have probably been swapped; send the export as it came."
        )
    return reasons


def _no_day(example: Sequence[str]) -> str:
    seen = f" (the first one is {example[0]!r})" if example else ""
    return f"The file has no readable datestamp{seen}, so its day isn't known. Send the export as it came."
