"""Reasons for reductions, and what each allows."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from londonnet.apps.workload import services
from londonnet.apps.workload.permissions import HOURS, REASONS
from londonnet.apps.workload.selectors.reason_terms import ReasonTerms, reason_terms
from londonnet.apps.workload.services import Terms
from londonnet.apps.workload.staffing_json import reason_json
from londonnet.platform.access import policy
from londonnet.platform.access.policy import TRUST_WIDE
from londonnet.platform.api.guard import caller
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .parts import Number
from .staffing_schemas import ReasonAdded, Reasons, ReasonShown, TermsOfReason, TermsSet

router = ApiRouter()


@router.read("/reasons", permission=HOURS, answer=Reasons)
def reasons(request: HttpRequest) -> dict[str, Any]:
    """Reasons for reductions.

    Every one with what it allows today and will allow.
    """
    with snapshot():
        return {"items": [reason_json(row) for row in reason_terms(timezone.localdate())]}


@router.read("/reasons/{int:number}", permission=REASONS, answer=ReasonShown)
def reason(request: HttpRequest, number: Number) -> dict[str, Any]:
    """One reason with its history.

    All that it allowed, allows and will allow.
    """
    policy.require(caller(request), REASONS, TRUST_WIDE)
    return reason_json(_found(number), with_history=True)


@router.write("POST", "/reasons", permission=REASONS, answer=ReasonShown, status=201)
def add_reason(request: HttpRequest, added: ReasonAdded) -> Status[Any]:
    """Add a reason.

    It can be used at once, and can never be deleted, only switched off.
    """
    policy.require(caller(request), REASONS, TRUST_WIDE)
    made = services.add_reason(
        name=added.name, short_name=added.short_name, kind=added.kind, terms=_terms(added), why=added.why
    )
    return Status(201, reason_json(_found(made.pk), with_history=True))


@router.write("PUT", "/reasons/{int:number}/terms", permission=REASONS, answer=ReasonShown)
def set_terms(request: HttpRequest, number: Number, wanted: TermsSet) -> dict[str, Any]:
    """Set what a reason allows.

    From a day on; what it allowed before stands for the days before.
    """
    policy.require(caller(request), REASONS, TRUST_WIDE)
    _found(number)
    services.set_terms(
        reason_id=number,
        terms=_terms(wanted),
        valid_from=wanted.valid_from,
        version=wanted.version,
        why=wanted.why,
    )
    return reason_json(_found(number), with_history=True)


def _found(number: int) -> ReasonTerms:
    with snapshot():
        found = next((row for row in reason_terms(timezone.localdate()) if row.reason.pk == number), None)
    if found is None:
        raise NotAllowed
    return found


def _terms(given: TermsOfReason) -> Terms:
    return Terms(given.allowance_percent, given.maximum_percent, given.months_to_expiry, given.enabled)
