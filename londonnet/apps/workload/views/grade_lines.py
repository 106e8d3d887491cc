"""A place's figures by grade, as the overview prints them."""

from collections.abc import Iterable
from dataclasses import dataclass

from londonnet.apps.organisation.grades import grade_name
from londonnet.apps.workload.capacity import NOT_MEASURED, percent_of
from londonnet.apps.workload.selectors.numbers import NumbersRow
from londonnet.platform.ui.formatting import hours, signed, whole


@dataclass(frozen=True, slots=True)
class GradeLine:
    """What the people of one grade hold together; `cells` are its numbers in the order of the headings."""

    name: str
    capacity: float | None
    note: str
    cells: tuple[str, ...]


HEADINGS = (
    "Practitioners",
    "Cases",
    "Points held",
    "Points available",
    "Points remaining",
    "Contracted hours",
    "Reductions",
    "Support given",
    "Support taken",
)


def grade_lines(rows: Iterable[NumbersRow]) -> tuple[GradeLine, ...]:
    """A line for each grade, in the order given."""
    return tuple(_line(row) for row in rows)


def _line(row: NumbersRow) -> GradeLine:
    given = row.numbers
    points, available = given["points"], given["available"]
    cells = (
        whole(row.practitioners),
        whole(given["cases"]),
        whole(points),
        whole(available),
        whole(available - points),
        hours(given["contracted_hours"]),
        hours(given["reduction_hours"]),
        signed(given["given"]),
        signed(-given["taken"]),
    )
    capacity = percent_of(points, available) if available else None
    return GradeLine(grade_name(row.code), capacity, NOT_MEASURED, cells)
