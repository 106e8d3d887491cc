"""What a person or a program is told about a reading: the shape that `extract load` and `extract check` print."""

from dataclasses import asdict

from .reading import WorkbookReading, WorkbookRefused


def check_report(reading: WorkbookReading, *, unchanged: bool = False) -> dict[str, object]:
    """The report of a reading, ready for JSON.

    Args:
        reading: the workbook read.
        unchanged: the same content is in force already, so that nothing was changed.
    """
    return {
        "unchanged": unchanged,
        "datestamp": reading.datestamp.isoformat(),
        "sheets": {name: asdict(tally) for name, tally in reading.sheets.items()},
        "quarantined": [asdict(row) for row in reading.quarantined],
        "notes": [asdict(note) for note in reading.notes],
        "seconds": round(reading.seconds, 3),
    }


def refusal_report(refused: WorkbookRefused) -> dict[str, object]:
    """A refusal, ready for JSON: its kind and every reason."""
    return {"refused": True, "code": refused.code, "reasons": list(refused.reasons)}
