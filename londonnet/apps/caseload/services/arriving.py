"""What a new extract means for the cases that were moved here, and what it moved by itself."""

from collections.abc import Mapping
from typing import Final

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from ..models import Allocation, Snapshot
from ..selectors import HeldCase, current_snapshot, held_cases
from .moving import move_cases
from .turns import take_turn

KEPT_DAYS: Final = 60
_RECEIVED: Final = """
INSERT INTO caseload_casereceived (day, crn, from_place_id, place_id)
SELECT %(day)s, fresh.crn, before.place_id, fresh.place_id
FROM caseload_case fresh
LEFT JOIN caseload_case before ON before.snapshot_id = %(before)s AND before.crn = fresh.crn
WHERE fresh.snapshot_id = %(fresh)s AND before.place_id IS DISTINCT FROM fresh.place_id
ON CONFLICT (day, crn) DO NOTHING
"""
_FORGET: Final = "DELETE FROM caseload_casereceived WHERE day < %s::date - %s::integer"
# Rows that have just come in aren't in the planner's statistics: without this it would loop over a nation's cases.
_PLANNING: Final = "SELECT set_config('enable_nestloop', %s, true)"


def follow_extract() -> None:
    """Note what the extract that has just come in moved, and what it says of the cases that were moved here.

    Inside the load's transaction, before figures are made. An extract of a later day is the truth: what it agrees to
    is settled, what it contradicts stays listed. The same day read again (mended rows) or an earlier one put back
    knows nothing yet of what was done since, so that is done to it anew.
    """
    take_turn()
    extract = current_snapshot()
    if extract is None:
        return
    before = Snapshot.objects.filter(pk__lt=extract.pk).order_by("-pk").first()
    if before is not None and before.datestamp < extract.datestamp:
        _note_received(before, extract)
    _settle(extract)


def _note_received(before: Snapshot, extract: Snapshot) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [extract.datestamp, KEPT_DAYS])
        cursor.execute(_PLANNING, ["off"])
        cursor.execute(_RECEIVED, {"day": extract.datestamp, "before": before.pk, "fresh": extract.pk})
        cursor.execute(_PLANNING, ["on"])


def _settle(extract: Snapshot) -> None:
    known = Allocation.objects.filter(
        Q(state=Allocation.State.STANDING) | Q(state=Allocation.State.AGREED, made_on__gte=extract.datestamp)
    )
    waiting = list(known.order_by("id"))
    held = held_cases(extract.pk, (one.crn for one in waiting), locked=True)
    _do_anew(extract, [one for one in waiting if one.made_on >= extract.datestamp], held)
    later = [one for one in waiting if one.made_on < extract.datestamp]
    _end([one for one in later if one.crn not in held], Allocation.State.GONE)
    _end(
        [one for one in later if one.crn in held and held[one.crn].place_id == one.to_place_id],
        Allocation.State.AGREED,
    )


def _do_anew(extract: Snapshot, made_since: list[Allocation], held: Mapping[str, HeldCase]) -> None:
    latest = {one.crn: one for one in made_since if one.crn in held}
    moving = [one for crn, one in latest.items() if held[crn].place_id != one.to_place_id]
    move_cases(extract.pk, [held[one.crn].to(one.to_place_id) for one in moving])
    again = [one.pk for one in latest.values() if one.state == Allocation.State.AGREED]
    Allocation.objects.filter(pk__in=again).update(state=Allocation.State.STANDING, ended_at=None, ended_by_name="")


def _end(allocations: list[Allocation], state: Allocation.State) -> None:
    Allocation.objects.filter(pk__in=[one.pk for one in allocations]).update(
        state=state, ended_at=timezone.now(), ended_by_name="National extract"
    )
