"""A set of weights as somebody types it: every field with its text, and what is wrong with it in plain words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Final

from londonnet.apps.workload.tiers import CELLS, TIER_KEYS, Cell, cell_name
from londonnet.apps.workload.weights import FURTHER_REPORTS, GRADES, INACTIVE_KINDS, FurtherReport, WeightSet
from londonnet.apps.workload.weights_reading import LONGEST_CODE, MOST_HOURS, MOST_POINTS, MOST_TARGET

NEW_CODES: Final = (1, 2, 3)
"""Empty lines for contact codes that have no points yet."""

REPORT_NAMES: Final = {
    "sdr": "Standard delivery report",
    "conversion": "Fast report",
    "parole": "Parole report",
    "arms_licence": "ARMS, licence",
    "arms_community": "ARMS, community",
}
INACTIVE_NAMES: Final = {"warrants": "Warrants", "overdue": "Overdue terminations", "unpaid_work": "Unpaid work"}
KIND_NAMES: Final = {"cases": "cases", "t2a": "T2A"}


@dataclass(frozen=True, slots=True)
class Field:
    """One number that can be typed: its path in a weights file, what people call it, and the most that it may be."""

    path: str
    label: str
    most: int
    is_hours: bool = False
    may_be_blank: bool = False


@dataclass(frozen=True, slots=True)
class Entries:
    """What was typed. `weights` is there where nothing is wrong; `problems` say by path what to put right."""

    texts: Mapping[str, str]
    problems: Mapping[str, str]
    weights: WeightSet | None


def cell_path(kind: str, cell: Cell) -> str:
    """The path of one cell: cases.community.a3."""
    return f"{kind}.{cell[0]}.{TIER_KEYS[cell[1] - 1]}"


FIELDS: Final[tuple[Field, ...]] = (
    *(
        Field(cell_path(kind, cell), f"{cell_name(cell)} ({named})", MOST_POINTS)
        for kind, named in KIND_NAMES.items()
        for cell in CELLS
    ),
    *(Field(f"reports.{kind}", REPORT_NAMES[kind], MOST_POINTS) for kind in ("sdr", "conversion")),
    *(Field(f"further_reports.{kind}", REPORT_NAMES[kind], MOST_POINTS) for kind in FURTHER_REPORTS),
    *(Field(f"target.{grade}", f"Target of {grade}", MOST_TARGET) for grade in GRADES),
    *(
        Field(f"default_hours.{grade}", f"Hours of {grade}", MOST_HOURS, is_hours=True, may_be_blank=grade == "DMY")
        for grade in GRADES
    ),
    *(Field(f"inactive_percent.{kind}", INACTIVE_NAMES[kind], 100) for kind in INACTIVE_KINDS),
)
"""Every number but those of contact codes, which differ from trust to trust."""

_FIELDS: Final = {field.path: field for field in FIELDS}


def texts_of(weights: WeightSet) -> dict[str, str]:
    """The weights as the fields show them."""
    texts = {cell_path("cases", cell): str(points) for cell, points in weights.cases.items()}
    texts |= {cell_path("t2a", cell): str(points) for cell, points in weights.t2a.items()}
    texts |= {"reports.sdr": str(weights.sdr), "reports.conversion": str(weights.conversion)}
    for kind, report in weights.further_reports.items():
        texts[f"further_reports.{kind}"] = str(report.points)
        if report.counted:
            texts[f"counted.{kind}"] = "yes"
    texts |= {f"target.{grade}": str(target) for grade, target in weights.target.items()}
    texts |= {f"default_hours.{grade}": _hours_text(hours) for grade, hours in weights.default_hours.items()}
    texts |= {f"inactive_percent.{kind}": str(percent) for kind, percent in weights.inactive_percent.items()}
    return texts | {f"support.{code}": str(points) for code, points in sorted(weights.support.items())}


def read_entries(texts: Mapping[str, str], base: WeightSet) -> Entries:
    """What was typed, as weights where all of it is right.

    Args:
        texts: text by path; a contact code whose points are blank counts nothing from now on.
        base: gives what isn't typed: the number of the version, and its first day.
    """
    typed = {path: text.strip() for path, text in texts.items()}
    problems: dict[str, str] = {}
    numbers = {field.path: _number(field, typed.get(field.path, ""), problems) for field in FIELDS}
    support = _support(typed, problems)
    weights = None if problems else _weights(numbers, typed, support, base)
    return Entries(typed, problems, weights)


def support_fields(texts: Mapping[str, str]) -> list[Field]:
    """The fields of the contact codes that are there, by code."""
    codes = sorted(path.removeprefix("support.") for path in texts if path.startswith("support."))
    return [Field(f"support.{code}", f"Contact {code}", MOST_POINTS, may_be_blank=True) for code in codes]


def _weights(
    numbers: Mapping[str, Decimal | None], typed: Mapping[str, str], support: Mapping[str, int], base: WeightSet
) -> WeightSet:
    def whole(path: str) -> int:
        return int(numbers[path] or 0)

    return replace(
        base,
        cases={cell: whole(cell_path("cases", cell)) for cell in CELLS},
        t2a={cell: whole(cell_path("t2a", cell)) for cell in CELLS},
        sdr=whole("reports.sdr"),
        conversion=whole("reports.conversion"),
        target={grade: whole(f"target.{grade}") for grade in GRADES},
        default_hours={grade: numbers[f"default_hours.{grade}"] for grade in GRADES},
        inactive_percent={kind: whole(f"inactive_percent.{kind}") for kind in INACTIVE_KINDS},
        support=support,
        further_reports={
            kind: FurtherReport(whole(f"further_reports.{kind}"), f"counted.{kind}" in typed)
            for kind in FURTHER_REPORTS
        },
    )


def _support(typed: Mapping[str, str], problems: dict[str, str]) -> dict[str, int]:
    points = {field.path: _number(field, typed[field.path], problems) for field in support_fields(typed)}
    held = {path.removeprefix("support."): int(number) for path, number in points.items() if number is not None}
    for line in NEW_CODES:
        code, text = typed.get(f"new_code.{line}", ""), typed.get(f"new_points.{line}", "")
        if not code and not text:
            continue
        number = _number(Field(f"new_points.{line}", f"Contact {code}".strip(), MOST_POINTS), text, problems)
        problems |= _code_problem(line, code, held)
        if number is not None:
            held[code] = int(number)
    return held


def _code_problem(line: int, code: str, held: Iterable[str]) -> dict[str, str]:
    if not code or len(code) > LONGEST_CODE:
        return {f"new_code.{line}": f"Enter the code of the contact, at most {LONGEST_CODE} letters and digits."}
    if code in held:
        return {f"new_code.{line}": f"The code {code} has points already. Change them in its own field."}
    return {}


def _number(field: Field, text: str, problems: dict[str, str]) -> Decimal | None:
    """The number typed; None where it is blank and may be, or where it is wrong: then `problems` says so."""
    if not text and field.may_be_blank:
        return None
    number = _read(text, with_decimals=field.is_hours)
    if number is None or number > field.most:
        wanted = "hours from 0 to {0}, with at most two decimals" if field.is_hours else "a whole number from 0 to {0}"
        problems[field.path] = f"{field.label}: enter {wanted.format(field.most)}."
        return None
    return number


def _read(text: str, *, with_decimals: bool) -> Decimal | None:
    whole, _, decimals = text.partition(".")
    fits = text.isascii() and len(text) <= 8 and whole.isdigit() and (with_decimals or not decimals)
    if not fits or len(decimals) > 2:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _hours_text(hours: Decimal | None) -> str:
    return "" if hours is None else f"{hours:f}".rstrip("0").rstrip(".") if hours % 1 else f"{hours:.0f}"
