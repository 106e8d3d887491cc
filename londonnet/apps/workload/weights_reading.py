"""Reading a weights file: the whole of it is right, or all that is wrong is named at once."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from londonnet.apps.workload.errors import WeightsRefused
from londonnet.apps.workload.tiers import LOCATIONS, TIER_KEYS, TIERS, Cell
from londonnet.apps.workload.weights import FURTHER_REPORTS, GRADES, INACTIVE_KINDS, FurtherReport, WeightSet

MOST_POINTS: Final = 999
MOST_TARGET: Final = 99_999
MOST_HOURS: Final = 168
LONGEST_CODE: Final = 30

_CENT: Final = Decimal("0.01")

_PARTS = ("valid_from", "cases", "t2a", "reports", "target", "default_hours", "inactive_percent", "support")
_OPTIONAL_PARTS = ("version", "further_reports")


def parse_weights(document: object, *, further_reports: Mapping[str, FurtherReport]) -> WeightSet:
    """The weights that a decoded JSON document holds.

    Args:
        document: what `json.loads` gave. Its `version` is kept where it is a whole number and is 0 otherwise:
            whoever saves the weights gives them the next number.
        further_reports: the switchable reports of the version in force, used where the document has none.

    Raises:
        WeightsRefused: something is missing, unknown or bad; every such entry is named.
    """
    reading = _Reading()
    parts = reading.table(document, "", _PARTS, optional=_OPTIONAL_PARTS)
    weights = _weight_set(reading, parts, further_reports)
    if reading.problems:
        raise WeightsRefused(reading.problems)
    return weights


def parse_weights_text(text: str | bytes, *, further_reports: Mapping[str, FurtherReport]) -> WeightSet:
    """The weights that a JSON file holds; like `parse_weights`, and an entry that stands twice is refused too.

    Raises:
        WeightsRefused: the text isn't JSON, or an entry is missing, unknown, bad or there twice.
    """
    repeated: list[str] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        repeated.extend(sorted({f"“{name}” stands twice in one table" for name in names if names.count(name) > 1}))
        return dict(pairs)

    try:
        document = json.loads(_decoded(text), object_pairs_hook=once, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise WeightsRefused([f"the file is not JSON ({error})"]) from error
    if repeated:
        raise WeightsRefused(repeated)
    return parse_weights(document, further_reports=further_reports)


def parse_further_reports(document: object) -> dict[str, FurtherReport]:
    """The switchable reports that a decoded JSON document holds.

    Raises:
        WeightsRefused: something is missing, unknown or bad.
    """
    reading = _Reading()
    reports = reading.further_reports(document, "further_reports")
    if reading.problems:
        raise WeightsRefused(reading.problems)
    return reports


def _decoded(text: str | bytes) -> str:
    return text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")


def _weight_set(
    reading: "_Reading", parts: Mapping[str, object], further_reports: Mapping[str, FurtherReport]
) -> WeightSet:
    reports = reading.points(parts.get("reports"), "reports", ("sdr", "conversion"))
    if "further_reports" in parts:
        further_reports = reading.further_reports(parts["further_reports"], "further_reports")
    return WeightSet(
        version=_version(parts.get("version")),
        valid_from=reading.day(parts.get("valid_from"), "valid_from"),
        cases=reading.cells(parts.get("cases"), "cases"),
        t2a=reading.cells(parts.get("t2a"), "t2a"),
        sdr=reports.get("sdr", 0),
        conversion=reports.get("conversion", 0),
        target=reading.points(parts.get("target"), "target", GRADES, most=MOST_TARGET),
        default_hours=reading.grade_hours(parts.get("default_hours"), "default_hours"),
        inactive_percent=reading.points(parts.get("inactive_percent"), "inactive_percent", INACTIVE_KINDS, most=100),
        support=reading.support(parts.get("support"), "support"),
        further_reports=further_reports,
    )


def _version(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


_ABSENT: Final = object()
"""Stands for an entry already named as missing, so that it isn't named a second time."""


class _Reading:
    """Reads entry by entry and keeps what is wrong; a wrong entry reads as nothing, so that reading goes on."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def table(
        self, value: object, path: str, keys: Iterable[str], *, optional: Iterable[str] = ()
    ) -> dict[str, object]:
        """The entries of a table that must hold exactly these keys; missing ones come back as absent."""
        if value is _ABSENT:
            return dict.fromkeys(keys, _ABSENT)
        if not isinstance(value, Mapping):
            self.problems.append(f"{path or 'the file'} must be a table of names and values")
            return dict.fromkeys(keys, _ABSENT)
        keys = tuple(keys)
        known = {*keys, *optional}
        self.problems.extend(f"{_under(path, key)} is missing" for key in keys if key not in value)
        self.problems.extend(f"{_under(path, key)} is not known" for key in value if key not in known)
        absent: dict[str, object] = dict.fromkeys(keys, _ABSENT)
        return absent | {key: value[key] for key in value if key in known}

    def whole(self, value: object, path: str, most: int) -> int:
        """A whole number from 0 to `most`; 3.0 is the whole number 3."""
        if value is _ABSENT:
            return 0
        number = _number(value)
        if number is None or number != number.to_integral_value() or not 0 <= number <= most:
            self.problems.append(f"{path} must be a whole number from 0 to {most}, not {_shown(value)}")
            return 0
        return int(number)

    def points(self, value: object, path: str, keys: Iterable[str], *, most: int = MOST_POINTS) -> dict[str, int]:
        """A table of whole numbers."""
        return {key: self.whole(entry, f"{path}.{key}", most) for key, entry in self.table(value, path, keys).items()}

    def cells(self, value: object, path: str) -> dict[Cell, int]:
        """The points of all 96 cells."""
        places = self.table(value, path, LOCATIONS)
        read = {place: self.points(places[place], f"{path}.{place}", TIER_KEYS) for place in LOCATIONS}
        return {(place, tier): read[place][TIER_KEYS[tier - 1]] for place in LOCATIONS for tier in TIERS}

    def grade_hours(self, value: object, path: str) -> dict[str, Decimal | None]:
        """Hours a week by grade; only DMY, the grade that isn't supported, may have none."""
        table = self.table(value, path, GRADES)
        return {grade: self.hours(table[grade], f"{path}.{grade}", may_be_none=grade == "DMY") for grade in GRADES}

    def hours(self, value: object, path: str, *, may_be_none: bool) -> Decimal | None:
        """Hours with at most two decimals, or none where that is allowed."""
        if value is _ABSENT or (value is None and may_be_none):
            return None
        hours = _number(value)
        if hours is None or not 0 <= hours <= MOST_HOURS or hours != hours.quantize(_CENT):
            self.problems.append(f"{path} must be hours from 0 to {MOST_HOURS}, two decimals, not {_shown(value)}")
            return None
        return hours

    def day(self, value: object, path: str) -> date:
        """A date written as 2026-04-01."""
        if value is _ABSENT:
            return date.min
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else date.min
        except ValueError:
            day = date.min
        if day == date.min or day.isoformat() != value:
            self.problems.append(f"{path} must be a date like 2026-04-01, not {_shown(value)}")
        return day

    def support(self, value: object, path: str) -> dict[str, int]:
        """Points by contact code. Any code may stand here, and one that doesn't counts 0."""
        if value is _ABSENT:
            return {}
        if not isinstance(value, Mapping):
            self.problems.append(f"{path} must be a table of contact codes and points")
            return {}
        for code in value:
            if not isinstance(code, str) or not code or code != code.strip() or len(code) > LONGEST_CODE:
                self.problems.append(f"{path}: {_shown(code)} is not a contact type code")
        return {code: self.whole(points, f"{path}.{code}", MOST_POINTS) for code, points in value.items()}

    def further_reports(self, value: object, path: str) -> dict[str, FurtherReport]:
        """The reports that can be switched on, each with its points and whether it is counted."""
        table = self.table(value, path, FURTHER_REPORTS)
        return {kind: self.further_report(table[kind], f"{path}.{kind}") for kind in FURTHER_REPORTS}

    def further_report(self, value: object, path: str) -> FurtherReport:
        """One such report."""
        entry = self.table(value, path, ("points", "counted"))
        counted = entry["counted"]
        if counted is not _ABSENT and not isinstance(counted, bool):
            self.problems.append(f"{path}.counted must be true or false, not {_shown(counted)}")
        return FurtherReport(self.whole(entry["points"], f"{path}.points", MOST_POINTS), counted is True)


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    return number if number.is_finite() and number.copy_abs() < 10**6 else None


def _under(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


def _shown(value: object) -> str:
    written = json.dumps(value, default=str, ensure_ascii=False)
    return written if len(written) <= 40 else written[:39] + "…"
