"""What is noted of a load: itself, its quarantine, its event, and why a file was refused."""

from dataclasses import asdict

from django.db import transaction

from londonnet.apps.caseload.models import Snapshot
from londonnet.apps.organisation.roster_changes import RosterChange
from londonnet.platform.audit import Event, current_actor, record
from londonnet.platform.registry import enabled

from .. import store
from ..models import Load, QuarantinedRow, ReceivedFile
from ..quarantine import write_quarantine
from ..reading import WorkbookReading, WorkbookRefused
from ..report import check_report


def note_load(
    reading: WorkbookReading, file: ReceivedFile, snapshot: Snapshot, change: RosterChange, *, put_back: bool
) -> Load:
    """Note a load with its report; the rows in quarantine have a table of their own."""
    report = check_report(reading)
    del report["quarantined"]
    return Load.objects.create(
        snapshot=snapshot,
        file=file,
        digest=reading.digest,
        source_digest=reading.source_digest,
        datestamp=reading.datestamp,
        loaded_by=_sender(file),
        report=report | {"changes": change.as_json()},
        put_back=put_back,
    )


def _sender(file: ReceivedFile) -> str:
    actor = current_actor()
    return "the watched folder" if file.came_by == "folder" and actor.user_id is None else actor.name


def note_quarantine(load: Load, reading: WorkbookReading) -> None:
    """Note the rows that couldn't be read, and write the workbook in which they can be mended."""
    rows = (QuarantinedRow(load=load, **asdict(row)) for row in reading.quarantined)
    QuarantinedRow.objects.bulk_create(rows, batch_size=2000)
    if reading.quarantined:
        # Here, where the reading is at hand: a page that is asked for it need not read the extract again.
        write_quarantine(reading, store.quarantine_path(load))


def notes_of_applications(reading: WorkbookReading) -> list[dict[str, str]]:
    """What the applications that follow an extract have to say of this one."""
    return [
        {"code": manifest.name, "message": note}
        for manifest in enabled()
        for note in manifest.hooks.extract_notes(reading.datestamp)
    ]


def record_load(load: Load, reading: WorkbookReading, change: RosterChange) -> None:
    """The one event of a load, which other applications work on inside its transaction."""
    record(
        Event(
            kind="national.extract_loaded",
            subject_type="national_load",
            subject_id=str(load.pk),
            after={
                "datestamp": reading.datestamp.isoformat(),
                "practitioners": reading.identities.height,
                "cases": reading.cases.height,
                "quarantined": sum(tally.quarantined for tally in reading.sheets.values()),
                "left": change.practitioners_left.count,
                "new": change.practitioners_new.count,
                "put_back": load.put_back,
            },
            topics=("national:load:all", "organisation:*", "caseload:*"),
        )
    )


def record_refusal(file: ReceivedFile, refused: WorkbookRefused) -> None:
    """Note why a file was refused, where those who sent it can read it."""
    with transaction.atomic():
        ReceivedFile.objects.filter(pk=file.pk).update(refused_because=refused.message)
        record(
            Event(
                kind="national.extract_refused",
                subject_type="national_file",
                subject_id=str(file.pk),
                after={"code": refused.code, "reasons": len(refused.reasons)},
                topics=("national:load:all",),
            )
        )
