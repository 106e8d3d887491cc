"""What the forms of choosing say."""

from collections.abc import Sequence

from django.http import HttpRequest, QueryDict

from londonnet.apps.caseload.services.allocations import MOST_NOTES
from londonnet.apps.workload.choosing.choice import Choice


def choice_of(request: HttpRequest, at_first: Sequence[str] = ()) -> Choice:
    """What the form says.

    Args:
        request: the page, or its form.
        at_first: the cases that are ticked before anything was chosen.
    """
    if request.method != "POST":
        return Choice(dict.fromkeys(at_first, 0))
    given = request.POST
    goes = [_goes(value) for value in given.getlist("goes")]
    return Choice(
        held_by=dict(map(_case, given.getlist("case"))) | {crn: held_by for crn, held_by, _ in goes},
        to=number(given.get("to", "")),
        among=given.get("among", "")[:40],
        reason=given.get("reason", "")[:100],
        notes=_notes(given),
        targets=tuple(dict.fromkeys(number(value) for value in given.getlist("target"))),
        goes={crn: to for crn, _, to in goes},
        fill_to=given.get("fill", "").strip().removesuffix("%").strip()[:10],
        find=given.get("find", "").strip()[:100],
        order=given.get("order", "")[:20],
    )


def action_of(request: HttpRequest) -> str:
    """What the button says that was pressed. A part that is fetched anew never does anything, whatever it sends."""
    return "" if "HX-Request" in request.headers else request.POST.get("action", "")


def number(text: str) -> int:
    """A number that a form sends; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _notes(given: QueryDict) -> str:
    """As typed, so that notes that are too long can be shortened; beyond twice the most nobody typed them."""
    return given.get("notes", "").strip()[: MOST_NOTES * 2]


def _case(value: str) -> tuple[str, int]:
    crn, _, held_by = value.partition(":")
    return crn, number(held_by)


def _goes(value: str) -> tuple[str, int, int]:
    crn, held_by, to = [*value.split(":"), "", ""][:3]
    return crn, number(held_by), number(to)
