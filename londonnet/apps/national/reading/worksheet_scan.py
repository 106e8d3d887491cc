"""A look over the raw text of a worksheet while it streams past: how far it reaches, and its Excel errors."""

import html
import posixpath
import re
from dataclasses import dataclass, field

from .refusal import WorkbookRefused

MOST_ERROR_CELLS = 10_000

# Beyond column IZ (260) or row 599,999 no extract can be; and no sheet is both wide (two letters) and long (50,000
# rows). The workbook reader reserves 32 bytes for each cell of the whole rectangle: these bounds keep that below half
# a gibibyte.
_WIDE = rb"[A-Za-z]{2}"
_LONG = rb"[A-Za-z]{0,2}(?:[5-9][0-9]{4}|[0-9]{6,})"
_TOO_FAR_FOR_WIDE = rb"(?:[A-Za-z]{3}|[J-Zj-z][A-Za-z]|" + _LONG + rb")"
_TOO_FAR_FOR_LONG = rb"(?:[A-Za-z]{2}|[A-Za-z]?(?:[6-9][0-9]{5}|[0-9]{7}))"


@dataclass(frozen=True)
class _Reach:
    """The patterns that tell how far a sheet reaches, behind one way of writing `r="`."""

    wide: re.Pattern[bytes]
    long: re.Pattern[bytes]
    too_far_for_wide: re.Pattern[bytes]
    too_far_for_long: re.Pattern[bytes]

    @classmethod
    def written(cls, reference: bytes) -> "_Reach":
        patterns = (_WIDE, _LONG, _TOO_FAR_FOR_WIDE, _TOO_FAR_FOR_LONG)
        return cls(*(re.compile(reference + pattern) for pattern in patterns))


_REFERENCE = rb"\sr\s*=\s*[\"']"
# Every usual program writes r="…", and looking for just that is several times faster.
_USUAL_REACH = _Reach.written(b' r="')
_ANY_REACH = _Reach.written(_REFERENCE)
_UNUSUAL_MARKS = (b"\t", b"\n", b"\r", b"='", b" =", b"= ")
_BEGINNING = 64 * 1024
_FIRST_CELLS = re.compile(_REFERENCE + rb"([A-Za-z]{1,3})[0-9]+[\"']")
_MAYBE_ERROR = (b't="e"', b"t='e'")
_ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?=[^>]*\bt\s*=\s*[\"']e[\"'])[^>]*\br\s*=\s*[\"']([A-Za-z]{1,3})([0-9]+)[\"'][^>]*>"
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


@dataclass(frozen=True)
class ErrorCell:
    """An Excel error in a cell; `column` counts from 0 at the sheet's first used column, `row` from 1."""

    sheet: str
    row: int
    column: int
    text: str


@dataclass
class WorksheetScan:
    """Looks at one worksheet's pieces in turn; `finish` gives the errors found."""

    sheet: str
    _carried: bytes = b""
    _is_wide: bool = False
    _is_long: bool = False
    _first_column: int | None = None
    _errors: list[tuple[str, str, str]] = field(default_factory=list)

    def look_at(self, piece: bytes) -> None:
        """Look at the next piece; a cell that is cut by the piece's end waits for the rest of it.

        Raises:
            WorkbookRefused: the sheet reaches far beyond any extract, or is full of Excel errors.
        """
        text = self._carried + piece
        cut = text.rfind(b"<c")
        if cut <= 0 or len(text) - cut > 4 * len(piece):
            cut = len(text)
        self._carried = text[cut:]
        self._look_over(text[:cut])

    def finish(self) -> list[ErrorCell]:
        """Look at what is left, and give every Excel error of the sheet."""
        self._look_over(self._carried)
        first = self._first_column or 0
        return [
            ErrorCell(self.sheet, int(row), _column_number(letters) - first, html.unescape(text))
            for letters, row, text in self._errors
        ]

    def _look_over(self, text: bytes) -> None:
        if self._reaches_too_far(text):
            raise WorkbookRefused.because(
                f"The sheet {self.sheet} has cells far outside what an extract can hold, so it was not opened."
                " Delete the stray cells in Excel, or send the export as it came.",
                "sheet-too-large",
            )
        if self._first_column is None:
            columns = [_column_number(match[1].decode()) for match in _FIRST_CELLS.finditer(text, 0, _BEGINNING)]
            self._first_column = min(columns, default=None)
        if any(mark in text for mark in _MAYBE_ERROR):
            self._note_errors(text)

    def _reaches_too_far(self, text: bytes) -> bool:
        reach = _ANY_REACH if any(mark in text for mark in _UNUSUAL_MARKS) else _USUAL_REACH
        if not self._is_long:
            self._is_wide = self._is_wide or reach.wide.search(text) is not None
        if self._is_wide:
            return reach.too_far_for_wide.search(text) is not None
        self._is_long = self._is_long or reach.long.search(text) is not None
        return self._is_long and reach.too_far_for_long.search(text) is not None

    def _note_errors(self, text: bytes) -> None:
        found = (
            tuple(part.decode("utf-8", "replace") for part in match.groups()) for match in _ERROR_CELL.finditer(text)
        )
        self._errors.extend((letters, row, error) for letters, row, error in found)
        if len(self._errors) > MOST_ERROR_CELLS:
            raise WorkbookRefused.because(
                f"The sheet {self.sheet} has more than {MOST_ERROR_CELLS:,} cells with Excel errors such as #N/A."
                " Send the export as it came, without formulas.",
                "too-many-errors",
            )


def sheet_names_by_part(workbook: bytes, relations: bytes) -> dict[str, str]:
    """The part of the container that holds each sheet, with the sheet's name, from the workbook's own two lists."""
    targets = {
        found.get("Id", ""): _part_name(found.get("Target", "")) for found in _elements(relations, "Relationship")
    }
    named = ((_relation_id(found), found.get("name", "")) for found in _elements(workbook, "sheet"))
    return {targets[relation]: name for relation, name in named if relation in targets}


def _relation_id(sheet: dict[str, str]) -> str:
    return next((value for name, value in sheet.items() if name.endswith(":id")), "")


def _elements(content: bytes, name: str) -> list[dict[str, str]]:
    text = content.decode("utf-8", "replace")
    return [
        {match[1]: html.unescape(match[2] if match[2] is not None else match[3]) for match in _ATTRIBUTE.finditer(tag)}
        for tag in re.findall(rf"<(?:\w+:)?{name}\s([^>]*)>", text)
    ]


def _part_name(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
