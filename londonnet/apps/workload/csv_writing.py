"""CSV files for people and spreadsheets, which come back as they went: reading takes the guard away again."""

import csv
import io
from collections.abc import Iterable, Sequence

from londonnet.platform.documents.plain import guarded


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file in UTF-8 with the mark by which spreadsheets know it; no cell is taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
