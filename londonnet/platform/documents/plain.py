"""A sheet as CSV: a table and nothing else, so that programs can read it; its marking stands in the file's name."""

import csv
import io
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final

from django.utils import timezone

from londonnet.platform.lists.columns import Kind

from .sheets import STARTS_A_FORMULA, Field, Sheet, percentage

_ROWS_AT_A_TIME: Final = 1000


def csv_chunks(sheet: Sheet) -> Iterator[bytes]:
    """The file, piece by piece. Its first bytes say that it is UTF-8, without which Excel spoils names."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([guarded(field.label) for field in sheet.fields])
    yield b"\xef\xbb\xbf" + _taken(text)
    values = [_writer(field) for field in sheet.fields]
    rows = iter(sheet.rows)
    while some := list(islice(rows, _ROWS_AT_A_TIME)):
        writer.writerows([value(row) for value in values] for row in some)
        yield _taken(text)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before one that looks like it."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def _writer(field: Field) -> Callable[[Any], Any]:
    """What a row's value becomes in the file."""
    of, plain = field.of, _PLAIN.get(field.kind)
    if plain is None:
        return of

    def write(row: Any) -> Any:
        value = of(row)
        if value is None:
            return ""
        return guarded(value) if isinstance(value, str) else plain(value)

    return write


_PLAIN: Final[dict[Kind, Callable[[Any], Any]]] = {
    Kind.TEXT: lambda value: guarded(str(value)),
    Kind.PERCENT: percentage,
    Kind.BAR: percentage,
    Kind.DATE: lambda day: day.isoformat(),
    Kind.MOMENT: lambda moment: f"{timezone.localtime(moment):%Y-%m-%d %H:%M}",
}
"""Numbers stay as they are; where there is none, the words are the list's own."""


def _taken(text: io.StringIO) -> bytes:
    taken = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return taken
