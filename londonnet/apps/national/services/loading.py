"""Loading an extract: read whole, then written in one transaction; readers see the old figures until it commits."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl
from django.db import IntegrityError, connection, transaction

from londonnet.apps.caseload.models import CurrentSnapshot, Snapshot
from londonnet.apps.caseload.services import drop_snapshot
from londonnet.apps.organisation.rosters import apply_roster

from .. import store
from ..copying import copy_snapshot
from ..layout import SHEETS
from ..models import Load, ReceivedFile
from ..quarantine import is_quarantine_workbook, read_mended
from ..reading import Mended, WorkbookReading, WorkbookRefused, read_workbook
from ..reading.reading import SheetTally
from ..reading.workbook import Progress
from ..report import check_report
from .guards import refuse_what_looks_wrong
from .noting import note_load, note_quarantine, notes_of_applications, record_load, record_refusal

_ONE_AT_A_TIME = 0x0A71
"""Lock number: a second load in the same trust waits for the first."""


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What became of a file: its load, whether it changed anything, and the report that is printed."""

    load: Load
    unchanged: bool
    report: dict[str, Any]


def load_extract(*, file: ReceivedFile, force: bool = False, progress: Progress | None = None) -> LoadOutcome:
    """Load a received file: an extract, or a quarantine workbook that came back mended.

    Args:
        file: the file as it was received.
        force: load it though it is older or much smaller than the extract in force.
        progress: told the stage, how much is done and of how much.

    Raises:
        WorkbookRefused: the file as a whole can't be taken; nothing was changed.
    """
    try:
        outcome = _load(file, force, progress or _tell_nobody)
    except WorkbookRefused as refused:
        record_refusal(file, refused)
        raise
    if outcome.unchanged:
        store.discard(file)
    return outcome


def put_back(*, instead_of: int | None = None, progress: Progress | None = None) -> LoadOutcome:
    """Put the extract back that was in force before this one; it is read again from its own file.

    Args:
        instead_of: number of the load that is to go; the newest where none is given. One that has gone already
            (a form sent twice, a job begun again) isn't put back and forth.
        progress: told the stage, how much is done and of how much.

    Raises:
        WorkbookRefused: there is none to put back.
    """
    loads = list(Load.objects.select_related("file").order_by("-id")[:2])
    if loads and instead_of is not None and loads[0].pk != instead_of:
        return _already_loaded(loads[0])
    if len(loads) < 2 or not loads[1].file.stored_as:
        raise WorkbookRefused.because("There is no earlier extract to put back.", "nothing-to-put-back")
    earlier = loads[1]
    mended = list(earlier.mended.order_by("pk"))
    return _read_and_write(earlier.file, mended, force=True, put_back=True, tell=progress or _tell_nobody)


def _load(file: ReceivedFile, force: bool, tell: Progress) -> LoadOutcome:
    path = store.path_of(file)
    current = current_load()
    if current and _is_in(current, file):
        return _already_loaded(current)
    if current and file.digest == current.digest:
        return _unchanged(current)
    tell("Checking the file", 0, 1)
    if _is_mended(file):
        return _load_mended(file, read_mended(path), current, tell)
    return _read_and_write(file, [], force=force, put_back=False, tell=tell)


def _is_mended(file: ReceivedFile) -> bool:
    try:
        return is_quarantine_workbook(store.path_of(file))
    except WorkbookRefused:
        return False  # reading it as an extract says why it can't be read, with every reason


def _load_mended(file: ReceivedFile, mended: Mended, current: Load | None, tell: Progress) -> LoadOutcome:
    if current is None or mended.source_digest != current.source_digest:
        raise WorkbookRefused.because(
            "These mended rows belong to another extract than the one in force. Download its quarantine and mend that.",
            "mended-for-another",
        )
    before = list(current.mended.order_by("pk"))
    if any(earlier.digest == file.digest for earlier in before):
        return _unchanged(current)
    return _read_and_write(current.file, [*before, file], force=True, put_back=False, tell=tell)


def _read_and_write(
    file: ReceivedFile, mended: Sequence[ReceivedFile], *, force: bool, put_back: bool, tell: Progress
) -> LoadOutcome:
    started = time.monotonic()
    rows = [read_mended(store.path_of(one)) for one in mended]
    reading = read_workbook(store.path_of(file), progress=tell, mended=rows)
    with transaction.atomic():
        _wait_for_my_turn()
        current = current_load()
        if current and reading.digest == current.digest:
            return _unchanged(current)
        if not force:
            refuse_what_looks_wrong(reading, current.snapshot if current else None)
        tell("Writing the new figures", 1, 1)
        load = _write(reading, file, mended, put_back=put_back, started=started)
    _clear_away(load)
    return LoadOutcome(load, unchanged=False, report=full_report(load, reading))


def _wait_for_my_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        # Big joins over rows that have just arrived: let them stay in memory.
        cursor.execute("SET LOCAL work_mem = '128MB'")


def _write(
    reading: WorkbookReading, file: ReceivedFile, mended: Sequence[ReceivedFile], *, put_back: bool, started: float
) -> Load:
    change = apply_roster(_roster_rows(reading), day=reading.datestamp)
    snapshot = Snapshot.objects.create(
        datestamp=reading.datestamp,
        digest=reading.digest,
        providers=", ".join(_providers(reading))[:250],
        practitioners=reading.identities.height,
        cases=reading.cases.height,
    )
    copy_snapshot(reading, snapshot)
    CurrentSnapshot.objects.update_or_create(id=1, defaults={"snapshot": snapshot})
    load = note_load(reading, file, snapshot, change, put_back=put_back)
    load.mended.set(mended)
    note_quarantine(load, reading)
    record_load(load, reading, change)
    load.report["notes"] += notes_of_applications(reading)
    load.report["seconds"] = round(time.monotonic() - started, 3)
    load.save(update_fields=["report"])
    return load


def _roster_rows(reading: WorkbookReading) -> pl.DataFrame:
    """Each practitioner-in-team with the places above them, as the organisation wants them."""
    places = reading.organisation
    rows = reading.identities.rename(
        {"surname": "om_surname", "forename": "om_forename", "grade_code": "om_grade_code"}
    )
    for level, frame in (
        ("region", places.regions),
        ("pdu", places.pdus),
        ("ldu", places.ldus),
        ("team", places.teams),
    ):
        names = frame.select(pl.col("code").alias(f"{level}_code"), pl.col("name").alias(f"{level}_desc"))
        rows = rows.join(names, on=f"{level}_code", how="left")
    return rows


def _providers(reading: WorkbookReading) -> list[str]:
    return sorted(name for name in reading.identities["trust"].unique().to_list() if name)


def _clear_away(load: Load) -> None:
    """Drop rows and files that can't be put back any more: only the load before this one can."""
    kept = Load.objects.order_by("-id").values_list("snapshot_id", flat=True)[:2]
    for snapshot in Snapshot.objects.exclude(pk__in=list(kept)):
        try:
            with transaction.atomic():
                drop_snapshot(snapshot)
        except IntegrityError:
            continue  # figures of a page still point to it; the next load clears it away
    store.remove_old()


def _unchanged(load: Load) -> LoadOutcome:
    return LoadOutcome(load, unchanged=True, report=stored_report(load) | {"unchanged": True, "seconds": 0.0})


def _already_loaded(load: Load) -> LoadOutcome:
    """A job is done at least once: its first worker may have died when the load was written and its end not yet."""
    return LoadOutcome(load, unchanged=False, report=stored_report(load) | {"unchanged": False})


def _is_in(load: Load, file: ReceivedFile) -> bool:
    return load.file_id == file.pk or load.mended.filter(pk=file.pk).exists()


def _tell_nobody(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody asked for."""


def current_load() -> Load | None:
    """The load whose snapshot is in force."""
    pointer = CurrentSnapshot.objects.values_list("snapshot_id", flat=True).first()
    return Load.objects.select_related("file", "snapshot").filter(snapshot_id=pointer).first() if pointer else None


def full_report(load: Load, reading: WorkbookReading) -> dict[str, Any]:
    """The report that `extract load` prints, fresh from the reading."""
    kept = {name: load.report[name] for name in ("notes", "changes", "seconds")}
    return check_report(reading) | kept


def stored_report(load: Load) -> dict[str, Any]:
    """The same report of an earlier load, from what was kept; stored JSON has lost the layout's order."""
    rows = load.quarantined.values("sheet", "row", "column", "value", "reason")
    kept = load.report["sheets"]
    sheets = {name: asdict(SheetTally(**kept[name])) for name in SHEETS if name in kept}
    return {**load.report, "sheets": sheets, "quarantined": list(rows)}
