"""Reasons for a reduction, and what each allows from a day on."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from londonnet.apps.workload.errors import ChangedMeanwhile, StaffingRefused
from londonnet.apps.workload.models import ReductionReason, ReductionTerms
from londonnet.apps.workload.reasons import KINDS, comparable
from londonnet.platform.audit import Event, current_actor, record

from .recompute import recompute
from .turns import take_turn

_MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Terms:
    """What a reason allows.

    Attributes:
        allowance_percent: the usual share of contracted hours; None where there is no usual one.
        maximum_percent: the most that is allowed; None where contracted hours are the only bound.
        months_to_expiry: how long such a reduction usually lasts; None where that is open.
        enabled: whether reductions for this reason count.
    """

    allowance_percent: int | None
    maximum_percent: int | None
    months_to_expiry: int | None
    enabled: bool = True


@transaction.atomic
def set_terms(*, reason_id: int, terms: Terms, valid_from: date, version: int | None = None, why: str = "") -> None:
    """Have a reason allow something else from a day on; what it allowed before stands for the days before.

    Args:
        reason_id: number of the reason.
        terms: what it allows.
        valid_from: the first day; today or later.
        version: number of the latest terms that were read; None where nobody read them before.
        why: in the user's words.

    Raises:
        ChangedMeanwhile: somebody set others in the meantime.
        StaffingRefused: they can't be like that.
    """
    take_turn()
    before = ReductionTerms.objects.filter(reason_id=reason_id).order_by("-valid_from", "-id").first()
    latest = ReductionTerms.objects.filter(reason_id=reason_id).aggregate(Max("id"))["id__max"]
    if version is not None and version != latest:
        raise ChangedMeanwhile
    if valid_from < timezone.localdate():
        raise StaffingRefused("Choose today or a later day: figures of past days stand.", "valid_from")
    _require_sensible(terms)
    _store_terms(reason_id, terms, valid_from, why)
    record(
        Event(
            kind="workload.reason_terms_set",
            subject_type="reduction_reason",
            subject_id=str(reason_id),
            before=_told(before) if before else None,
            after={**_told(terms), "valid_from": valid_from.isoformat()},
            why=why,
        )
    )
    if valid_from <= timezone.localdate():
        recompute(reason="What a reason for reductions allows was changed")


@transaction.atomic
def add_reason(*, name: str, short_name: str, kind: str, terms: Terms, why: str = "") -> ReductionReason:
    """Add a reason for a reduction; it can be used at once, and can never be deleted, only switched off.

    Raises:
        StaffingRefused: its name is empty or taken, or its terms can't be like that.
    """
    take_turn()
    name, short_name = name.strip(), short_name.strip() or name.strip()
    _require_names(name, short_name, kind)
    _require_sensible(terms)
    last = ReductionReason.objects.aggregate(Max("position"))["position__max"]
    reason = ReductionReason.objects.create(
        name=name, short_name=short_name, kind=kind, position=0 if last is None else last + 1
    )
    _store_terms(reason.pk, terms, timezone.localdate(), why)
    after = {"name": name, "short_name": short_name, "kind": kind, **_told(terms)}
    record(Event("workload.reason_added", "reduction_reason", str(reason.pk), after=after, why=why))
    return reason


def _store_terms(reason_id: int, terms: Terms, valid_from: date, why: str) -> None:
    ReductionTerms.objects.create(
        reason_id=reason_id,
        valid_from=valid_from,
        allowance_percent=terms.allowance_percent,
        maximum_percent=terms.maximum_percent,
        months_to_expiry=terms.months_to_expiry,
        enabled=terms.enabled,
        set_at=timezone.now(),
        set_by=current_actor().name[:200],
        why=why,
    )


def _told(terms: Terms | ReductionTerms) -> dict[str, object]:
    return {
        "allowance_percent": terms.allowance_percent,
        "maximum_percent": terms.maximum_percent,
        "months_to_expiry": terms.months_to_expiry,
        "enabled": terms.enabled,
    }


def _require_names(name: str, short_name: str, kind: str) -> None:
    if not name or len(name) > 200:
        raise StaffingRefused("Enter a name of at most 200 characters.", "name")
    if len(short_name) > 100:
        raise StaffingRefused("Enter a short name of at most 100 characters.", "short_name")
    if kind not in KINDS:
        raise StaffingRefused("Choose a kind.", "kind")
    taken = {comparable(one) for names in ReductionReason.objects.values_list("name", "short_name") for one in names}
    for field, given in (("name", name), ("short_name", short_name)):
        if comparable(given) in taken:
            raise StaffingRefused("There is a reason of that name already.", field)


def _require_sensible(terms: Terms) -> None:
    for field in ("allowance_percent", "maximum_percent"):
        percent = getattr(terms, field)
        if percent is not None and not 0 < percent <= 100:
            raise StaffingRefused("Enter a whole number from 1 to 100, or leave it empty.", field)
    if terms.months_to_expiry is not None and not 0 < terms.months_to_expiry <= _MOST_MONTHS:
        raise StaffingRefused(f"Enter a whole number from 1 to {_MOST_MONTHS}, or leave it empty.", "months_to_expiry")
    if terms.allowance_percent and terms.maximum_percent and terms.allowance_percent > terms.maximum_percent:
        raise StaffingRefused("The usual share can’t be more than the most that is allowed.", "allowance_percent")
