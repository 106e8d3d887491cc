"""Reasons for reductions: what each allows, from a day on. They are added and switched off, never deleted."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses, services
from londonnet.apps.workload.amounts import written_day
from londonnet.apps.workload.errors import ChangedMeanwhile, StaffingRefused
from londonnet.apps.workload.permissions import REASONS
from londonnet.apps.workload.selectors.reason_terms import ReasonTerms, reason_terms
from londonnet.platform.access import policy, requires
from londonnet.platform.access.policy import TRUST_WIDE
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot

from .answering import person
from .reduction_form import form_page
from .staffing_fields import KIND_NAMES, NewReasonForm, TermsForm

_QUICKER: Final = "Somebody else changed this reason while you had it open: see below. Save again to have yours."


@require_safe
@requires(REASONS)
def reasons(request: HttpRequest) -> HttpResponse:
    """Every reason with what it allows today, and what will change."""
    policy.require(person(request), REASONS, TRUST_WIDE)
    with snapshot():
        rows = reason_terms(timezone.localdate())
    groups = [(label, [row for row in rows if row.reason.kind == kind]) for kind, label in KIND_NAMES.items()]
    return render(request, "workload/reasons.html", {"groups": groups})


@form_page
@requires(REASONS)
def add(request: HttpRequest) -> HttpResponse:
    """A reason more."""
    policy.require(person(request), REASONS, TRUST_WIDE)
    form = NewReasonForm(request.POST or None, initial={"enabled": "yes"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if _tried(
            form,
            lambda: services.add_reason(
                name=given["name"],
                short_name=given["short_name"],
                kind=given["kind"],
                terms=_terms(given),
                why=given["why"],
            ),
        ):
            messages.success(request, "The reason is added, and can be chosen.")
            return redirect(addresses.REASONS)
    return render(request, "workload/reason_form.html", {"form": form, "kinds": list(KIND_NAMES.items())})


@form_page
@requires(REASONS)
def reason(request: HttpRequest, number: int) -> HttpResponse:
    """What one reason allows, with its history, and other terms from a day on."""
    policy.require(person(request), REASONS, TRUST_WIDE)
    with snapshot():
        shown = next((row for row in reason_terms(timezone.localdate()) if row.reason.pk == number), None)
    if shown is None:
        raise NotAllowed
    form = TermsForm(request.POST or None, initial=_words_of(shown))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if _tried(form, lambda: _set(number, given)):
                messages.success(
                    request, f"What the reason allows is saved, from {written_day(given['valid_from'])} on."
                )
                return redirect(addresses.reason(number))
        except ChangedMeanwhile:
            form = TermsForm({**request.POST.dict(), "version": str(shown.version)})
            form.add_error(None, _QUICKER)
    return render(request, "workload/reason_form.html", {"form": form, "shown": shown})


def _set(number: int, given: dict[str, Any]) -> None:
    services.set_terms(
        reason_id=number,
        terms=_terms(given),
        valid_from=given["valid_from"],
        version=given["version"],
        why=given["why"],
    )


def _terms(given: dict[str, Any]) -> services.Terms:
    return services.Terms(
        given["allowance_percent"], given["maximum_percent"], given["months_to_expiry"], given["enabled"] == "yes"
    )


def _words_of(shown: ReasonTerms) -> dict[str, Any]:
    terms = shown.every[0] if shown.every else None
    names = ("allowance_percent", "maximum_percent", "months_to_expiry")
    return {
        **{name: getattr(terms, name, None) for name in names},
        "enabled": "yes" if terms is None or terms.enabled else "no",
        "valid_from": written_day(timezone.localdate()),
        "version": shown.version,
    }


def _tried(form: forms.Form, work: Callable[[], object]) -> bool:
    """Whether the work was done; what it refuses goes beside its field."""
    try:
        work()
    except StaffingRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return False
    return True
