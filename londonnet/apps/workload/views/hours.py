"""Contracted hours of a practitioner-in-team: what they are and were, and others from a day on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from londonnet.apps.workload import addresses, services
from londonnet.apps.workload.amounts import written, written_day
from londonnet.apps.workload.errors import ChangedMeanwhile, HoursUnlikely, StaffingRefused
from londonnet.apps.workload.hours import ASKED_ABOVE_HOURS
from londonnet.apps.workload.permissions import HOURS
from londonnet.apps.workload.selectors.carrying import Carrying, carrying_of
from londonnet.apps.workload.selectors.hours_history import hours_history
from londonnet.apps.workload.staffing_effects import effect_of_hours
from londonnet.platform.access import policy, requires
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot
from londonnet.platform.ui.templates import render_fragment

from .answering import VIEW, person
from .reduction import ACTS
from .reduction_form import SHOW, form_page
from .staffing_fields import HoursForm

_TEMPLATE = "workload/hours.html"
_UNLIKELY = f"That is more than {ASKED_ABOVE_HOURS} hours a week. Tick that it is right and save again, or change it."


@form_page
@requires(HOURS)
def hours(request: HttpRequest, om_key: str, team_code: str) -> HttpResponse:
    """The hours and their history, and the form that changes them and shows what that does."""
    today = timezone.localdate()
    with snapshot():
        carrying = carrying_of(om_key, team_code, day=today)
        if carrying is None or not policy.may(person(request), HOURS, carrying.place):
            raise NotAllowed
    if request.method != "POST":
        now = carrying.contracted_on(today)
        words = {"hours": written(now), "first_day": written_day(today), "version": carrying.version}
        return _page(request, carrying, HoursForm(initial=words))
    form = HoursForm(request.POST)
    if request.POST.get("do") == SHOW:
        form.is_valid()
        form.errors.clear()
        return _page(request, carrying, form)
    if form.is_valid() and _tried(form, carrying):
        messages.success(request, "The hours are saved, and the figures have followed.")
        return redirect(addresses.hours(om_key, team_code))
    return _page(request, carrying, form)


def _tried(form: HoursForm, carrying: Carrying) -> bool:
    """Whether the hours are saved; what is refused goes beside its field, and the form takes up what stands now."""
    given = form.cleaned_data
    try:
        services.set_hours(
            place_id=carrying.place_id,
            hours=given["hours"],
            first_day=given["first_day"],
            last_day=given["last_day"],
            version=given["version"],
            why=given["why"],
            is_sure=form.is_sure,
        )
    except ChangedMeanwhile:
        form.data = {**form.data.dict(), "version": str(carrying.version)}  # type: ignore[attr-defined]  # a QueryDict
        message = "Somebody else changed these hours while you had them open: see them below. Save again to have yours."
        form.add_error(None, message)
    except HoursUnlikely:
        form.add_error("sure_of", _UNLIKELY)
    except StaffingRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    else:
        return True
    return False


def _page(request: HttpRequest, carrying: Carrying, form: HoursForm) -> HttpResponse:
    today, given = timezone.localdate(), getattr(form, "cleaned_data", {})
    wanted, first_day = given.get("hours"), given.get("first_day")
    may_see = policy.may(person(request), VIEW, carrying.place)
    practitioner = addresses.practitioner(carrying.place.staff_key, carrying.place.team_code)
    context = {
        "carrying": carrying,
        "form": form,
        "effect": effect_of_hours(carrying, wanted, first_day, today=today)
        if wanted is not None and first_day
        else None,
        "default": carrying.weights.default_hours_for(carrying.grade),
        "states": [(state, ACTS[state.act]) for state in hours_history(carrying.place_id)],
        "trail": [(carrying.name, practitioner)] if may_see else [],
    }
    if request.headers.get("HX-Request") and request.POST.get("do") == SHOW:
        return render_fragment(request, _TEMPLATE, "effect", context)
    return render(request, _TEMPLATE, context)
