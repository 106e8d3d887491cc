"""Reads of the national feeds."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from londonnet.apps.caseload.models import CurrentSnapshot
from londonnet.config.environment import ENV

from .layout import SHEETS
from .models import Load, QuarantinedRow, ReceivedFile

_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class LoadLine:
    """One load in the list of loads."""

    id: int
    datestamp: date
    loaded_at: datetime
    loaded_by: str
    file_name: str
    quarantined: int
    put_back: bool
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class SheetLine:
    """What became of one sheet's rows."""

    name: str
    read: int
    loaded: int
    quarantined: int
    ignored: int


@dataclass(frozen=True, slots=True)
class LateExtract:
    """An extract that should have been followed by a newer one: its day, and how many hours ago that ended."""

    datestamp: date
    hours: int


def recent_loads(most: int = 20) -> list[LoadLine]:
    """The newest loads, newest first."""
    in_force = CurrentSnapshot.objects.values_list("snapshot_id", flat=True).first()
    loads = Load.objects.select_related("file").order_by("-id")[:most]
    return [
        LoadLine(
            id=load.pk,
            datestamp=load.datestamp,
            loaded_at=load.loaded_at,
            loaded_by=load.loaded_by,
            file_name=load.file.name,
            quarantined=sum(line.quarantined for line in sheet_lines(load)),
            put_back=load.put_back,
            is_in_force=load.snapshot_id is not None and load.snapshot_id == in_force,
        )
        for load in loads
    ]


def refused_since(newest: LoadLine | None, most: int = 5) -> list[ReceivedFile]:
    """Files refused since the newest load, newest first: what was left in the watched folder has no other page.

    Args:
        newest: the newest load, or None when there is none.
        most: how many are wanted.
    """
    refused = ReceivedFile.objects.exclude(refused_because="").order_by("-id")
    return list(refused.filter(received_at__gt=newest.loaded_at)[:most] if newest else refused[:most])


def newest_load_id() -> int | None:
    """The number of the newest load, or None."""
    return Load.objects.order_by("-id").values_list("id", flat=True).first()


def sheet_lines(load: Load) -> list[SheetLine]:
    """The tallies of a load, a line for each sheet, in the layout's order (stored JSON keeps none)."""
    sheets: dict[str, dict[str, Any]] = load.report["sheets"]
    return [SheetLine(name=name, **sheets[name]) for name in SHEETS if name in sheets]


def quarantine_page(load: Load, *, page: int, size: int = 50) -> list[QuarantinedRow]:
    """One page of a load's quarantined rows."""
    return list(load.quarantined.all()[(page - 1) * size : page * size])


def late_extract(now: datetime | None = None) -> LateExtract | None:
    """The extract in force when its day ended longer ago than is usual; else None. One query.

    Args:
        now: the present, if another is meant.
    """
    day = CurrentSnapshot.objects.values_list("snapshot__datestamp", flat=True).first()
    if day is None:
        return None
    ended = datetime.combine(day + timedelta(days=1), time(), tzinfo=_LONDON)
    hours = int(((now or timezone.now()) - ended).total_seconds() // 3600)
    return LateExtract(day, hours) if hours >= ENV.extract_late_hours else None
