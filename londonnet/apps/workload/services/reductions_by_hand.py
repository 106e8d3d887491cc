"""Reductions by hand: added, changed, ended early, deleted and put back. Every state that one had is kept."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from londonnet.apps.organisation.models import PractitionerInTeam
from londonnet.apps.workload.csv_rows import NOTES_UNDER_CHARACTERS
from londonnet.apps.workload.errors import ChangedMeanwhile, StaffingRefused
from londonnet.apps.workload.hours import MOST_HOURS, why_not_fitting
from londonnet.apps.workload.models import Reduction, StaffingLoad
from londonnet.apps.workload.periods import least_hours
from londonnet.apps.workload.personal import as_any_personal
from londonnet.apps.workload.reasons import PERSONAL, ReductionReason
from londonnet.apps.workload.selectors.staffing import reasons_on
from londonnet.apps.workload.selectors.weight_versions import weights_in_force
from londonnet.platform.audit import Event, record

from .hours import hours_in_force
from .loading import by_hand
from .recompute import recount
from .turns import take_turn

Act = StaffingLoad.Act


@dataclass(frozen=True, slots=True)
class ReductionWanted:
    """What a reduction shall be.

    Attributes:
        reason_id: number of the reason.
        hours: hours a week.
        first_day: the first day that it holds.
        last_day: the last one; None where it goes on.
        notes: under 4,000 characters.
    """

    reason_id: int
    hours: Decimal
    first_day: date
    last_day: date | None
    notes: str = ""


@transaction.atomic
def add_reduction(*, place_id: int, wanted: ReductionWanted, why: str = "", sees_personal: bool = True) -> Reduction:
    """Take hours off a practitioner-in-team.

    Args:
        place_id: who.
        wanted: what it shall be.
        why: in the user's words.
        sees_personal: whether the user may know their personal reasons; if not, a refusal tells none.

    Raises:
        StaffingRefused: the rules don't allow it; it says which field is wrong.
    """
    take_turn()
    _require_fitting(place_id, wanted)
    _require_new(place_id, wanted, sees_personal=sees_personal)
    return _stored(place_id, wanted, act=Act.ADDED, why=why)


@transaction.atomic
def change_reduction(
    *,
    version: int,
    wanted: ReductionWanted,
    why: str = "",
    keeps_private: bool = False,
    sees_personal: bool = True,
) -> Reduction:
    """Have a reduction be something else from its first day on; what it was is kept.

    Args:
        version: number of the row that was read, so that a change made in the meantime isn't overwritten.
        wanted: what it shall be.
        why: in the user's words.
        keeps_private: whether reason and notes stay as they are: whoever changes it may not know them.
        sees_personal: whether the user may know their personal reasons; if not, a refusal tells none.

    Raises:
        ChangedMeanwhile: it isn't as it was read any more.
        StaffingRefused: the rules don't allow it, it is deleted, or nothing would change.
    """
    before = _held(version)
    if keeps_private:
        wanted = replace(wanted, reason_id=before.reason_id, notes=before.notes)
    if _as_wanted(before) == wanted:
        raise StaffingRefused("Nothing is different. Change something, or go back.")
    _require_fitting(before.place_id, wanted, kept_reason=before.reason_id, sees_personal=not keeps_private)
    if (wanted.reason_id, wanted.first_day) != (before.reason_id, before.first_day):
        _require_new(before.place_id, wanted, sees_personal=sees_personal)
    return _stored(before.place_id, wanted, act=Act.CHANGED, why=why, before=before)


@transaction.atomic
def end_reduction(*, version: int, last_day: date, why: str = "") -> Reduction:
    """Have a reduction end earlier than it would; its last day still counts.

    Raises:
        ChangedMeanwhile: it isn't as it was read any more.
        StaffingRefused: that isn't earlier, or not after its first day.
    """
    before = _held(version)
    if last_day <= before.first_day:
        raise StaffingRefused("It must end after it begins. Delete it if it should never have counted.", "last_day")
    if before.last_day is not None and last_day >= before.last_day:
        raise StaffingRefused("That is no earlier than it ends already. Change it to have it last longer.", "last_day")
    return _stored(
        before.place_id, replace(_as_wanted(before), last_day=last_day), act=Act.ENDED, why=why, before=before
    )


@transaction.atomic
def delete_reduction(*, version: int, why: str = "") -> Reduction:
    """Take a reduction out, as if it had never been; it is kept as deleted and can be put back.

    Raises:
        ChangedMeanwhile: it isn't as it was read any more.
        StaffingRefused: it is deleted already.
    """
    before = _held(version)
    return _stored(before.place_id, _as_wanted(before), act=Act.DELETED, why=why, before=before, deleted=True)


@transaction.atomic
def put_back_reduction(*, version: int, sees_personal: bool = True) -> Reduction:
    """Undo a deletion.

    Args:
        version: number of the row that was read.
        sees_personal: whether the user may know their personal reasons; if not, a refusal tells none.

    Raises:
        ChangedMeanwhile: it isn't as it was read any more.
        StaffingRefused: it isn't deleted, the like of it was added since, or it doesn't fit into the hours any more.
    """
    before = _held(version, deleted=True)
    _require_fitting(before.place_id, _as_wanted(before), kept_reason=before.reason_id, sees_personal=sees_personal)
    _require_new(before.place_id, _as_wanted(before), sees_personal=sees_personal)
    return _stored(before.place_id, _as_wanted(before), act=Act.PUT_BACK, before=before)


def _held(version: int, *, deleted: bool = False) -> Reduction:
    """The reduction as it was read, if it still is."""
    take_turn()
    held = Reduction.objects.filter(pk=version).first()
    if held is None or held.superseded_by_id is not None:
        raise ChangedMeanwhile
    if (held.deleted_at is not None) is not deleted:
        message = "It isn’t deleted." if deleted else "It is deleted. Put it back first."
        raise StaffingRefused(message)
    return held


def _as_wanted(held: Reduction) -> ReductionWanted:
    return ReductionWanted(held.reason_id, held.hours, held.first_day, held.last_day, held.notes)


def _stored(
    place_id: int,
    wanted: ReductionWanted,
    *,
    act: StaffingLoad.Act,
    why: str = "",
    before: Reduction | None = None,
    deleted: bool = False,
) -> Reduction:
    """The new state in the old one's place; its event, and the figures that follow from it."""
    change = by_hand(StaffingLoad.Kind.REDUCTIONS, act, why)
    if before is not None:
        Reduction.objects.filter(pk=before.pk).update(superseded_by=change)
    after = Reduction.objects.create(
        place_id=place_id,
        reason_id=wanted.reason_id,
        hours=wanted.hours,
        first_day=wanted.first_day,
        last_day=wanted.last_day,
        notes=wanted.notes,
        loaded_by=change,
        deleted_at=timezone.now() if deleted else None,
        replaces=before,
    )
    record(
        Event(
            kind=f"workload.reduction_{act.value}",
            subject_type="reduction",
            subject_id=str(after.pk),
            before=trail_of(before) if before else None,
            after=trail_of(after),
        )
    )
    recount(place_ids=[place_id])
    return after


def trail_of(reduction: Reduction) -> dict[str, object]:
    """What the trail tells of a reduction: numbers and days. Reason, notes and why may be private; they stay here."""
    return {
        "reduction": reduction.pk,
        "place": reduction.place_id,
        "hours": f"{reduction.hours:.2f}",
        "first_day": reduction.first_day.isoformat(),
        "last_day": reduction.last_day.isoformat() if reduction.last_day else None,
        "deleted": reduction.deleted_at is not None,
    }


def _require_fitting(
    place_id: int, wanted: ReductionWanted, *, kept_reason: int | None = None, sees_personal: bool = True
) -> None:
    """Whoever may not know the reason that is kept is held to what any personal one allows; its own would tell it."""
    if wanted.last_day is not None and wanted.last_day <= wanted.first_day:
        raise StaffingRefused("The end must be after the start.", "last_day")
    if len(wanted.notes) >= NOTES_UNDER_CHARACTERS:
        message = f"Notes must be under {NOTES_UNDER_CHARACTERS:,} characters: these are {len(wanted.notes):,}."
        raise StaffingRefused(message, "notes")
    if not 0 < wanted.hours <= MOST_HOURS:
        raise StaffingRefused(f"Hours must be more than 0, and at most {MOST_HOURS}.", "hours")
    reasons = reasons_on(timezone.localdate())
    reason = reasons.get(wanted.reason_id)
    if reason is None or not (reason.enabled or wanted.reason_id == kept_reason):
        raise StaffingRefused("Choose another reason: this one is switched off.", "reason")
    if reason.kind == PERSONAL and not sees_personal:
        reason = as_any_personal(reason, reasons.values())
    _require_hours(place_id, wanted, reason)


def _require_hours(place_id: int, wanted: ReductionWanted, reason: ReductionReason) -> None:
    grade = PractitionerInTeam.objects.values_list("grade", flat=True).get(pk=place_id)
    contracted = least_hours(
        hours_in_force([place_id]).values(),
        default_hours=weights_in_force().default_hours_for(grade),
        first_day=wanted.first_day,
        last_day=wanted.last_day,
    )
    why_not = why_not_fitting(wanted.hours, reason, contracted)
    if why_not is not None:
        raise StaffingRefused(f"{why_not[0].upper()}{why_not[1:]}.", "hours")


def _require_new(place_id: int, wanted: ReductionWanted, *, sees_personal: bool = True) -> None:
    """A file takes two of one reason and first day for the same; so there is one of them by hand, too.

    To somebody who may not know which personal reason stands, all of them are one: else trying each would tell.
    """
    standing = Reduction.objects.filter(
        place_id=place_id, superseded_by=None, deleted_at=None, first_day=wanted.first_day
    )
    if not sees_personal and reasons_on(timezone.localdate())[wanted.reason_id].kind == PERSONAL:
        clash, words = standing.filter(reason__kind=PERSONAL), "personal reduction"
    else:
        clash, words = standing.filter(reason_id=wanted.reason_id), "reduction for this reason"
    if clash.exists():
        message = f"There is a {words} from that day already. Change that one, or choose another day."
        raise StaffingRefused(message, "first_day")
