"""How a figure comes about, as programs read it: the same from the command line and from the API."""

from dataclasses import asdict
from datetime import date
from typing import Any

from .json_rows import practitioner_json
from .personal import SHOWN
from .reasons import PERSONAL
from .record_checks import RecordCheck
from .selectors import PractitionerWorking, ReductionPeriod
from .working import WorkingLine


def working_json(shown: PractitionerWorking, *, with_personal: bool) -> dict[str, Any]:
    """A figure and everything that it was made from.

    Args:
        shown: the working.
        with_personal: whether the reader may know reasons and notes of personal reductions.
    """
    made = shown.working
    return {
        "figure": practitioner_json(shown.row),
        "working": [
            {"title": part.title, "lines": [_line(line) for line in part.lines], "subtotal": part.subtotal}
            for part in made.sections
        ],
        "total": _line(made.total),
        "available": _line(made.available),
        "capacity": _line(made.capacity),
        "hours": [
            {"hours": float(one.hours), **_days(one.first_day, one.last_day), "holds": one.holds} for one in shown.hours
        ],
        "reductions": [_reduction(one, known=with_personal or one.kind != PERSONAL) for one in shown.reductions],
        "support": [{**asdict(one), "contact_date": one.contact_date.isoformat()} for one in shown.support],
        "not_scored": asdict(shown.shown_only),
    }


def finding_json(check: RecordCheck) -> dict[str, Any]:
    """Something that looks wrong in the record."""
    return {"key": check.key, "found": check.found, "means": check.means, "put_right": check.put_right}


def _line(line: WorkingLine) -> dict[str, str]:
    return {"label": line.label, "calculation": line.calculation, "result": line.result}


def _reduction(row: ReductionPeriod, *, known: bool) -> dict[str, Any]:
    return {
        "reason": row.reason if known else SHOWN,
        "kind": row.kind,
        "hours": float(row.hours),
        **_days(row.first_day, row.last_day),
        "status": row.status.value,
        "counts": row.counts,
        "notes": row.notes if known else "",
    }


def _days(first_day: date, last_day: date | None) -> dict[str, str | None]:
    return {"first_day": first_day.isoformat(), "last_day": last_day.isoformat() if last_day else None}
