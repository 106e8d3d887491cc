"""The working of a practitioner's figure as a file: the lines that the page shows, now or of a kept day."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from londonnet.apps.workload.selectors import PractitionerRow
from londonnet.platform.documents.exports import export_response
from londonnet.platform.lists.asking import FORMATS
from londonnet.platform.lists.asking import asked as ask
from londonnet.platform.lists.columns import Column, Kind
from londonnet.platform.lists.spec import ListSpec, declare
from londonnet.platform.ui.formatting import exactly, signed, whole

from .exporting import as_at_words


@dataclass(frozen=True, slots=True)
class WorkingRow:
    """A line: which part of the working it belongs to, what counts, how, and what comes out."""

    part: str
    what: str
    working: str
    result: str

    @property
    def number(self) -> Decimal | None:
        """What comes out, where that is a number of points."""
        try:
            return Decimal(self.result.replace(",", "").replace("\N{MINUS SIGN}", "-"))
        except InvalidOperation:
            return None


WORKING: Final = declare(
    ListSpec(
        "workload.working",
        (
            Column("part", "Part", of=lambda row: row.part, comes_sorted=True),
            Column("what", "What counts", of=lambda row: row.what),
            Column("working", "Working", of=lambda row: row.working),
            Column("result", "Points", Kind.WHOLE, lambda row: row.number, without=lambda row: row.result),
        ),
        noun="line",
        default_sort="part",
        size=0,
    )
)


def wants_file(request: HttpRequest) -> bool:
    """Whether the page is asked for as a file."""
    return request.GET.get("format") in FORMATS


def working_file(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    """What a practitioner's page shows, as a file."""
    row: PractitionerRow = context["row"]
    lines = _now(context) if "sums" in context else _then(row)
    return export_response(
        request,
        ask(request, WORKING),
        [*lines, _last(row)],
        title=f"Workload of {row.name} in {row.team_name}",
        marking="OFFICIAL-SENSITIVE",
        as_at=as_at_words(context["figures"]),
        of=f"practitioner:{row.om_key}:{row.team_code}",
    )


def _now(context: dict[str, Any]) -> Iterable[WorkingRow]:
    for part in context["sums"]:
        yield from (WorkingRow(part.title, line.label, line.sum, line.value) for line in part.lines)
        yield WorkingRow(part.title, "Together", "", part.total)
    yield from (WorkingRow("Capacity", line.label, line.sum, line.value) for line in context["results"])


def _then(row: PractitionerRow) -> Iterable[WorkingRow]:
    points = row.points
    yield WorkingRow("Points held", "Cases", "", whole(points.cases))
    yield WorkingRow("Points held", "T2A cases", "", exactly(points.t2a))
    yield WorkingRow("Points held", "Reports", "", whole(points.reports))
    yield WorkingRow("Points held", "Case-management support", "", signed(points.support))
    yield WorkingRow("Capacity", "Total points", "", whole(points.total))
    yield WorkingRow("Capacity", "Available points", "", whole(row.available))


def _last(row: PractitionerRow) -> WorkingRow:
    said = row.capacity_note if row.capacity is None else f"{whole(row.capacity)}%"
    return WorkingRow("Capacity", "Capacity", "", said or "")
