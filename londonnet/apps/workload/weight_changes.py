"""What is different between two sets of weights: line by line, and in a few sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from londonnet.apps.workload.tiers import CELLS, LOCATIONS, tier_name
from londonnet.apps.workload.weight_entries import INACTIVE_NAMES, REPORT_NAMES
from londonnet.apps.workload.weights import (
    FURTHER_REPORTS,
    GRADES,
    INACTIVE_KINDS,
    FurtherReport,
    WeightSet,
    hours_json,
)

_NAMED_ONE_BY_ONE = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """One number that isn't the same; a text of "none" stands where one side has no number."""

    group: str
    name: str
    before: str
    after: str

    @property
    def percent(self) -> float | None:
        """By how much it went up or down; None where that can't be said."""
        if not (self.before.isdigit() and self.after.isdigit()) or self.before == "0":
            return None
        return 100 * (int(self.after) - int(self.before)) / int(self.before)


def differences(before: WeightSet, after: WeightSet) -> tuple[Difference, ...]:
    """Everything that isn't the same, in the order of the editor. Numbers and first days of versions don't count."""
    pairs = zip(_lines(before, before, after), _lines(after, before, after), strict=True)
    return tuple(
        Difference(group, name, was, becomes) for (group, name, was), (_, _, becomes) in pairs if was != becomes
    )


def in_words(found: Sequence[Difference]) -> list[str]:
    """The differences in a few sentences, one for each part of the weights."""
    return [_sentence(group, list(lines)) for group, lines in groupby(found, key=lambda one: one.group)]


def _sentence(group: str, lines: list[Difference]) -> str:
    if len(lines) <= _NAMED_ONE_BY_ONE:
        return f"{group}: " + "; ".join(f"{one.name} from {one.before} to {one.after}" for one in lines) + "."
    percents = [one.percent for one in lines if one.percent is not None]
    span = f", by {_span(min(percents), max(percents))}" if len(percents) == len(lines) else ""
    return f"{group}: {len(lines)} changed{span}."


def _span(least: float, most: float) -> str:
    low, high = f"{least:+.0f}%".replace("-", "−"), f"{most:+.0f}%".replace("-", "−")
    return low if low == high else f"{low} to {high}"


def _lines(weights: WeightSet, *both: WeightSet) -> Iterator[tuple[str, str, str]]:
    """Every number of a set as (group, name, text), those of codes that only the other set has included."""
    for kind, table in (("Cases", weights.cases), ("T2A cases", weights.t2a)):
        for place in LOCATIONS:
            for cell in (cell for cell in CELLS if cell[0] == place):
                yield f"{kind}, {place}", tier_name(cell[1]), str(table[cell])
    yield "Reports", REPORT_NAMES["sdr"], str(weights.sdr)
    yield "Reports", REPORT_NAMES["conversion"], str(weights.conversion)
    for report in FURTHER_REPORTS:
        yield "Reports", REPORT_NAMES[report], _report(weights.further_reports[report])
    for grade in GRADES:
        yield "Targets", grade, str(weights.target[grade])
    for grade in GRADES:
        hours = hours_json(weights.default_hours[grade])
        yield "Full hours", grade, "none" if hours is None else str(hours)
    for inactive in INACTIVE_KINDS:
        yield "Inactive T2A cases kept", INACTIVE_NAMES[inactive], f"{weights.inactive_percent[inactive]}%"
    yield from _contacts(weights.support, sorted({code for one in both for code in one.support}))


def _contacts(support: Mapping[str, int], codes: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for code in codes:
        yield "Support contacts", code, str(support[code]) if code in support else "none"


def _report(report: FurtherReport) -> str:
    return f"{report.points}, {'counted' if report.counted else 'not counted'}"
