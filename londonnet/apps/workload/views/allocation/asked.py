"""What the form of choosing says."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from londonnet.apps.caseload.services.allocations import MOST_NOTES


@dataclass(frozen=True, slots=True)
class Choice:
    """What was ticked, chosen and typed.

    Attributes:
        is_sent: whether the form was sent; else nothing has been chosen yet.
        held_by: the cases that are ticked, with the number of who held them when they were shown.
        to: number of the practitioner-in-team who is to get them; 0 for nobody yet.
        among: whose practitioners are shown, as `team:CODE` or `pdu:CODE`; empty for the usual ones.
    """

    is_sent: bool
    held_by: dict[str, int]
    to: int = 0
    among: str = ""
    reason: str = ""
    notes: str = ""


def choice_of(request: HttpRequest, crns: Sequence[str]) -> Choice:
    """What the form says; before it is sent all the cases are ticked, with nobody chosen."""
    if request.method != "POST":
        return Choice(False, dict.fromkeys(crns, 0))
    given = request.POST
    return Choice(
        True,
        {crn: held_by for crn, held_by in map(_case, given.getlist("case")) if crn in crns},
        number(given.get("to", "")),
        given.get("among", "")[:40],
        given.get("reason", "")[:100],
        given.get("notes", "").strip()[: MOST_NOTES * 2],
    )


def number(text: str) -> int:
    """A number that a form sends; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _case(value: str) -> tuple[str, int]:
    crn, _, held_by = value.partition(":")
    return crn, number(held_by)
