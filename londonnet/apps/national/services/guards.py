"""What a readable file may still be refused for: the extract in force knows better."""

from londonnet.apps.caseload.models import Snapshot

from ..reading import WorkbookReading, WorkbookRefused

_TENTH = 0.9


def refuse_what_looks_wrong(reading: WorkbookReading, current: Snapshot | None) -> None:
    """Refuse an older file, and one that lacks a tenth of the practitioners or cases, with every reason at once.

    Raises:
        WorkbookRefused: load it with force if it is right all the same.
    """
    if current is None:
        return
    reasons = [*_older(reading, current), *_smaller(reading, current)]
    if reasons:
        raise WorkbookRefused([*reasons, "If it is right all the same, send it again and confirm it (--force)."])


def _older(reading: WorkbookReading, current: Snapshot) -> list[str]:
    if reading.datestamp >= current.datestamp:
        return []
    return [
        f"This extract is of {reading.datestamp:%d/%m/%Y}, older than the one in force ({current.datestamp:%d/%m/%Y})."
    ]


def _smaller(reading: WorkbookReading, current: Snapshot) -> list[str]:
    compared = (
        ("practitioners", reading.identities.height, current.practitioners),
        ("cases", reading.cases.height, current.cases),
    )
    return [
        f"It has {new:,} {what}, and the one in force has {before:,}: more than a tenth fewer."
        for what, new, before in compared
        if new < before * _TENTH
    ]
