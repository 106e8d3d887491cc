"""What a readable file may still be refused for: the extract in force knows better."""

from londonnet.apps.caseload.models import Snapshot
from londonnet.platform.ui import formatting

from ..reading import WorkbookReading, WorkbookRefused

_TENTH = 0.9
_CONFIRM = (
    "If it is right all the same, send it again and confirm that: on the page under “It was refused, but it is right”, "
    "in a command with --force."
)


def refuse_what_looks_wrong(reading: WorkbookReading, current: Snapshot | None) -> None:
    """Refuse an older file, and one that lacks a tenth of the practitioners or cases, with every reason at once.

    Raises:
        WorkbookRefused: load it with force if it is right all the same.
    """
    if current is None:
        return
    reasons = [*_older(reading, current), *_smaller(reading, current)]
    if reasons:
        raise WorkbookRefused([*reasons, _CONFIRM])


def _older(reading: WorkbookReading, current: Snapshot) -> list[str]:
    if reading.datestamp >= current.datestamp:
        return []
    new, in_force = formatting.date(reading.datestamp), formatting.date(current.datestamp)
    return [f"This extract is of {new}, older than the one in force, of {in_force}."]


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
