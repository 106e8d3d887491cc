"""How many practitioners stand where, as numbers that open to the list behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from londonnet.apps.workload import addresses
from londonnet.apps.workload.excess import spells
from londonnet.apps.workload.selectors import FiguresInForce, OrganisationRow, PractitionerRow, Within
from londonnet.apps.workload.selectors.excess_days import Excess
from londonnet.apps.workload.selectors.people import Standing, everyone
from londonnet.apps.workload.selectors.trends import Recent
from londonnet.platform.lists.asking import Asked
from londonnet.platform.ui.formatting import whole

LABELS: Final[Mapping[Standing, str]] = {
    Standing.ABOVE: "Above 110%",
    Standing.WITHIN: "90 to 110%",
    Standing.BELOW: "Below 90%",
    Standing.NO_CAPACITY_LEFT: "No capacity left",
    Standing.NOT_MEASURED: "Not measured",
}
NOTHING_AVAILABLE: Final = "Not measured or no capacity left"
_LEVELS: Final[Mapping[Standing, str]] = {Standing.ABOVE: "over", Standing.WITHIN: "within"}


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many practitioners stand in one band, and the list of them. `level` chooses the colour."""

    label: str
    practitioners: int
    url: str
    level: str


@dataclass(frozen=True, slots=True)
class ForWeeks:
    """How many practitioners have been above 110% for four weeks, and the list of them."""

    practitioners: int
    url: str


def still_above(asked: Excess, recently: Recent | None, row: PractitionerRow, figures: FiguresInForce) -> bool:
    """Whether a practitioner has been above for so many weeks and is today: the rule itself, for a few people."""
    days = {day: held for day, held in recently.days.items() if asked.first <= day <= asked.last} if recently else {}
    if figures.kept_day is None:
        days.setdefault(figures.day, (row.points.total, row.available))
    found = spells(days, threshold=asked.threshold, weeks=asked.weeks)
    return bool(found) and found[-1].last_day == figures.day


def band_counts(within: Within, spread: Mapping[Standing, int], *, day: date | None = None) -> tuple[BandCount, ...]:
    """The numbers of a place, in the order that pages show them; `day` where they are those of a kept day."""
    return tuple(
        BandCount(label, spread[one], _list_of(within, one, day), _LEVELS.get(one, "")) for one, label in LABELS.items()
    )


def _list_of(within: Within, band: Standing, day: date | None) -> str:
    return addresses.as_at(addresses.people(within.level, within.code, band), day)


def spread_of(row: OrganisationRow) -> dict[Standing, int]:
    """How many stand in each band in a place whose row is read already; the same as `people.spread`."""
    nothing = row.practitioners_not_measured
    return {
        Standing.ABOVE: row.above,
        Standing.WITHIN: row.people - row.above - row.below - nothing,
        Standing.BELOW: row.below,
        Standing.NO_CAPACITY_LEFT: row.none_left,
        Standing.NOT_MEASURED: nothing - row.none_left,
        Standing.NOTHING_AVAILABLE: nothing,
    }


def tabs(asked: Asked, spread: Mapping[Standing, int], chosen: Standing | None) -> list[tuple[str, str, bool]]:
    """The bands as tabs: what each says, where it leads and whether it is the one shown; all else asked is kept."""
    numbered = [
        (f"{label} ({whole(spread[one])})", _of_band(asked, one), one is chosen) for one, label in LABELS.items()
    ]
    return [(f"Everyone ({whole(everyone(spread))})", _of_band(asked, None), chosen is None), *numbered]


def _of_band(asked: Asked, band: Standing | None) -> str:
    return asked.path + asked.with_values({"band": [str(band)] if band else []})


def label_of(standing: Standing | None) -> str:
    """What a list of those who stand there is called."""
    if standing is None:
        return "All practitioners"
    return LABELS.get(standing, NOTHING_AVAILABLE)


def asked_standing(asked: str) -> Standing | None:
    """The band that `?band=` names; None for all of them."""
    return next((standing for standing in Standing if standing == asked), None)
