"""CSV files as people and spreadsheets make them, read into lines of named cells.

Commas, semicolons or tabs; UTF-8, with or without a byte-order mark, or what Windows spreadsheets save;
blank lines don't count. What is wrong with one line is said of that line and leaves the others alone.
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from londonnet.apps.workload.errors import FileRefused

LARGEST_FILE_BYTES: Final = 20_000_000
_FORMULA: Final = ("=", "+", "-", "@")
QUARANTINE_COLUMNS: Final = ("londonnet_line", "londonnet_column", "londonnet_reason")
"""What our own files of quarantined lines have in front; nobody minds them in a file that comes back."""


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """Why one line of a file wasn't taken. Line 1 is the heading; `column` is empty where it is the whole line."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class CsvLine:
    """One line: its number in the file, and its cells by column, without spaces around them."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CsvLines:
    """The lines of a file that could be told apart, those that couldn't, and the columns nobody asked for."""

    lines: tuple[CsvLine, ...]
    broken: tuple[QuarantinedRow, ...]
    ignored_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenCsv:
    """A file whose heading is read; the lines that follow come one at a time, the broken ones in their place."""

    heading: tuple[str, ...]
    lines: Iterator[CsvLine | QuarantinedRow]

    def ignored_columns(self, ours: Iterable[str]) -> tuple[str, ...]:
        """The columns that nobody asks for."""
        return tuple(sorted(set(self.heading) - {*ours, *QUARANTINE_COLUMNS, ""}))


def open_csv(content: bytes, *, columns: Sequence[str], largest_bytes: int = LARGEST_FILE_BYTES) -> OpenCsv:
    """A CSV file that has these columns, in whatever order, to be read line by line.

    Raises:
        FileRefused: it is too large, isn't text, or lacks columns; or, while it is read, a quotation mark is never
            closed.
    """
    broken: list[QuarantinedRow] = []
    records = _records(_decoded(content, largest_bytes), broken)
    first = next(records, None)
    if first is None:
        raise FileRefused("The file is empty. Its first line must name the columns " + ", ".join(columns) + ".")
    heading = _heading(first[1], columns)
    return OpenCsv(tuple(heading), _lines(heading, records, broken))


def read_csv(content: bytes, *, columns: Sequence[str]) -> CsvLines:
    """The lines of a CSV file that has these columns, in whatever order.

    Raises:
        FileRefused: it is too large, isn't text, or lacks columns; or a quotation mark is never closed.
    """
    opened = open_csv(content, columns=columns)
    lines: list[CsvLine] = []
    broken: list[QuarantinedRow] = []
    for line in opened.lines:
        if isinstance(line, CsvLine):
            lines.append(line)
        else:
            broken.append(line)
    return CsvLines(tuple(lines), tuple(broken), opened.ignored_columns(columns))


def _lines(
    heading: list[str], records: Iterator[tuple[int, list[str]]], broken: list[QuarantinedRow]
) -> Iterator[CsvLine | QuarantinedRow]:
    for number, cells in records:
        yield from broken
        broken.clear()
        if len(cells) > len(heading) and any(cells[len(heading) :]):
            yield QuarantinedRow(number, "", "", "the line has more cells than the heading")
        else:
            yield CsvLine(number, dict.fromkeys(heading, "") | dict(zip(heading, cells, strict=False)))
    yield from broken


def cells_of_lines(
    content: bytes, *, columns: Sequence[str], numbers: Collection[int], largest_bytes: int = LARGEST_FILE_BYTES
) -> dict[int, list[str]]:
    """The cells of some lines in the order of these columns, by line number; broken lines as far as they can be told.

    Raises:
        FileRefused: as `open_csv`.
    """
    cells: dict[int, list[str]] = {}
    broken: list[int] = []
    for line in open_csv(content, columns=columns, largest_bytes=largest_bytes).lines:
        if isinstance(line, QuarantinedRow):
            broken += [line.line] if line.line in numbers else []
        elif line.number in numbers:
            cells[line.number] = [line.cells[column] for column in columns]
    return cells | (_told_apart(_decoded(content, largest_bytes), broken, len(columns)) if broken else {})


def _told_apart(text: str, numbers: Iterable[int], width: int) -> dict[int, list[str]]:
    written, delimiter = list(io.StringIO(text, newline="")), _delimiter(text)
    parts = {number: written[number - 1].split(delimiter) for number in numbers if number <= len(written)}
    return {number: ([cell.strip() for cell in cells] + [""] * width)[:width] for number, cells in parts.items()}


def _records(text: str, broken: list[QuarantinedRow]) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and trimmed cells of all lines that aren't blank; lines with stray quotation marks are broken."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = [unguarded(cell.strip()) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            broken.append(_broken_line(number, error))
            continue
        if any(cells):
            yield number, cells


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from taking it for a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _broken_line(number: int, error: csv.Error) -> QuarantinedRow:
    if "unexpected end of data" in str(error) or "field larger" in str(error):
        message = (
            f"The quotation mark that opens on line {number} is never closed, or a cell there has more than "
            f"{csv.field_size_limit():,} characters. Mend it and send the file again."
        )
        raise FileRefused(message) from error
    return QuarantinedRow(number, "", "", "a quotation mark stands inside a cell: write it twice, or take it out")


def _decoded(content: bytes, largest_bytes: int = LARGEST_FILE_BYTES) -> str:
    if len(content) > largest_bytes:
        raise FileRefused(f"The file is larger than {largest_bytes // 1_000_000} MB. Send it in parts.")
    if b"\x00" in content or content.startswith((b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused("The file is not a CSV file. Save it as “CSV UTF-8” and send it again.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    return max(",;\t", key=first.count)


def _heading(cells: Sequence[str], columns: Sequence[str]) -> list[str]:
    names = [cell.lower().replace(" ", "_").replace("-", "_") for cell in cells]
    missing = [column for column in columns if column not in names]
    if missing:
        raise FileRefused("The file lacks these columns in its first line: " + ", ".join(missing) + ".")
    twice = sorted({name for name in names if name in columns and names.count(name) > 1})
    if twice:
        raise FileRefused("The first line names these columns twice: " + ", ".join(twice) + ".")
    return names
