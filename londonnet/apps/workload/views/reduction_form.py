"""The form of a reduction, new or changed: it fills itself in, and shows what it does to the capacity."""

from dataclasses import asdict, fields
from datetime import date
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from londonnet.apps.workload import addresses, services
from londonnet.apps.workload.amounts import Typed, filled_in, written, written_day
from londonnet.apps.workload.csv_rows import parse_day
from londonnet.apps.workload.errors import ChangedMeanwhile, StaffingRefused
from londonnet.apps.workload.permissions import HOURS
from londonnet.apps.workload.personal import SHOWN, reach_of_personal
from londonnet.apps.workload.reasons import ReductionReason, percent_of_hours
from londonnet.apps.workload.selectors.carrying import Carrying, carrying_of
from londonnet.apps.workload.selectors.reduction_history import ReductionState
from londonnet.apps.workload.selectors.staffed import MOST_TO_CHOOSE, staffed_within
from londonnet.apps.workload.selectors.staffing import reasons_on
from londonnet.apps.workload.staffing_effects import Effect, effect_of_reduction
from londonnet.apps.workload.within_reach import state_within_reach
from londonnet.platform.access import policy, requires
from londonnet.platform.access.once import once
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot
from londonnet.platform.ui.templates import render_fragment

from .answering import person
from .staffing_fields import ReductionForm

SHOW: Final = "show"
_TEMPLATE: Final = "workload/reduction_form.html"
_KEPT: Final = tuple(field.name for field in fields(Typed))

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@requires(HOURS)
def add(request: HttpRequest) -> HttpResponse:
    """A new reduction of somebody that `?who=` names, or of somebody to choose."""
    who = request.POST.get("who", request.GET.get("who", ""))
    today = timezone.localdate()
    with snapshot():
        carrying = _carrying(request, who, today) if who else None
        reasons = {one: reason for one, reason in reasons_on(today).items() if reason.enabled}
        people = () if "who" in request.GET else staffed_within(policy.reach(person(request), HOURS), _search(request))
    shown = _Shown(request, carrying, reasons, today)
    context: dict[str, Any] = {
        "people": people,
        "who": who,
        "search": _search(request),
        "finds_first": len(people) >= MOST_TO_CHOOSE or "q" in request.GET,
        "one_team": len({one.team_code for one in people}) == 1,
    }
    if request.method != "POST":
        return shown.page(shown.form({"first_day": written_day(today)}), **context)
    typed = _typed(request.POST)
    form = shown.bound(request.POST)
    if shown.only_shows(typed):
        return shown.page(form, asked=typed, **context)
    sees = carrying is not None and reach_of_personal(person(request)).covers(carrying.place)
    if form.is_valid() and carrying and (number := _tried(form, partial(_add, form, carrying, sees))):
        messages.success(request, "The reduction is saved, and the figures have followed.")
        return redirect(addresses.reduction(number))
    return shown.page(form, **context)


@form_page
@requires(HOURS)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Another state of a reduction; whoever saves second is told what it is now and loses nothing."""
    today = timezone.localdate()
    with snapshot():
        state = state_within_reach(person(request), number)
        carrying = carrying_of(state.place.staff_key, state.place.team_code, day=today)
        reasons = {one: reason for one, reason in reasons_on(today).items() if _may_stay(one, reason, state)}
    shown = _Shown(request, carrying, reasons, today, state)
    if request.method != "POST":
        return shown.page(shown.form(_words_of(state, carrying)))
    typed = _typed(request.POST)
    form = shown.bound(request.POST)
    if shown.only_shows(typed):
        return shown.page(form, asked=typed)
    if form.is_valid():
        try:
            after = _tried(form, partial(_change, form, state, reach_of_personal(person(request)).covers(state.place)))
        except ChangedMeanwhile:
            return shown.page(shown.bound(request.POST, version=state.number), changed_meanwhile=True)
        if after:
            messages.success(request, "The change is saved, and the figures have followed.")
            return redirect(addresses.reduction(int(after)))
    return shown.page(form)


def require_as_read(version: int | None, state: ReductionState) -> None:
    """Stop here unless what a form was read from is what the reduction is now; so none can name another reduction.

    Raises:
        ChangedMeanwhile: it isn't as it was read any more.
    """
    if version != state.number:
        raise ChangedMeanwhile


class _Shown:
    """The form's page: for whom, with which reasons, changing what."""

    def __init__(
        self,
        request: HttpRequest,
        carrying: Carrying | None,
        reasons: dict[int, ReductionReason],
        today: date,
        state: ReductionState | None = None,
    ) -> None:
        self.request, self.carrying, self.reasons, self.today, self.state = request, carrying, reasons, today, state
        self.keeps_reason = state is not None and state.is_hidden

    def form(self, initial: dict[str, Any]) -> ReductionForm:
        """The form as it is first shown."""
        return ReductionForm(initial=initial, reasons=self.reasons, keeps_reason=self.keeps_reason)

    def bound(self, sent: QueryDict, **changes: object) -> ReductionForm:
        """The form as it was sent, with what follows from what was typed."""
        typed = _typed(sent)
        contracted = self._contracted(typed)
        given = sent.copy()
        filled = filled_in(typed, self._usual(typed.reason), contracted)
        for name, value in {**asdict(filled), **changes}.items():
            given[name] = str(value)
        return ReductionForm(
            given,
            reasons=self.reasons,
            contracted=contracted,
            keeps_reason=self.keeps_reason,
            needs_who=self.carrying is None and self.state is None,
        )

    def only_shows(self, typed: Typed) -> bool:
        """Whether the form isn't to be saved yet: it was asked what it does, or it has just filled itself in."""
        if self.request.POST.get("do") == SHOW:
            return True
        filled = filled_in(typed, self._usual(typed.reason), self._contracted(typed))
        by_itself = not (typed.percent or typed.hours) and bool(filled.hours)
        return by_itself or filled.last_day != typed.last_day

    def page(self, form: ReductionForm, *, asked: Typed | None = None, **others: Any) -> HttpResponse:
        """The page; what is wrong is left out while it only shows what the form does."""
        if asked is not None:
            form.is_valid()
            form.errors.clear()
        context = {
            "form": form,
            "carrying": self.carrying,
            "state": self.state,
            "keeps_reason": self.keeps_reason,
            "kept_reason": SHOWN,
            "effect": self._effect(form),
            "today": self.today,
            "filled_itself": asked is not None and self.request.POST.get("do") != SHOW,
            "contracted": self._contracted(_typed(form.data or form.initial)),
            **others,
        }
        if asked is not None and self.request.headers.get("HX-Request"):
            return render_fragment(self.request, _TEMPLATE, "amounts", context)
        return render(self.request, _TEMPLATE, context)

    def _effect(self, form: ReductionForm) -> Effect | None:
        given = getattr(form, "cleaned_data", {})
        hours, first_day = given.get("hours"), given.get("first_day")
        if not form.is_bound and self.state:
            hours, first_day = self.state.hours, self.state.first_day
        if self.carrying is None or not hours or first_day is None:
            return None
        instead_of = self.state.number if self.state else None
        return effect_of_reduction(self.carrying, hours, first_day, today=self.today, instead_of=instead_of)

    def _usual(self, reason: str) -> ReductionReason | None:
        """The reason whose usual share and end fill the form in; what was chosen once is changed by hand only."""
        if self.state is not None:
            return None
        return next((one for number, one in self.reasons.items() if str(number) == reason), None)

    def _contracted(self, typed: Typed) -> Any:
        first_day, last_day = parse_day(typed.first_day.strip()), parse_day(typed.last_day.strip())
        return self.carrying.least_contracted(first_day or self.today, last_day) if self.carrying else None


def _carrying(request: HttpRequest, who: str, today: date) -> Carrying | None:
    om_key, _, team_code = who.partition("/")
    found = carrying_of(om_key, team_code, day=today)
    if found is None or not policy.may(person(request), HOURS, found.place):
        raise NotAllowed
    return found


def _search(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:100]


def _typed(sent: Any) -> Typed:
    return Typed(**{name: str(sent.get(name) or "") for name in _KEPT})


def _words_of(state: ReductionState, carrying: Carrying | None) -> dict[str, Any]:
    """The form filled in with what a reduction is."""
    contracted = carrying.least_contracted(state.first_day, state.last_day) if carrying else None
    percent = written(percent_of_hours(state.hours, contracted)) if contracted else ""
    return {
        "reason": state.reason_id,
        "percent": percent,
        "percent_was": percent,
        "hours": written(state.hours),
        "hours_was": written(state.hours),
        "first_day": written_day(state.first_day),
        "last_day": written_day(state.last_day),
        "notes": state.notes,
        "version": state.number,
    }


def _may_stay(number: int, reason: ReductionReason, state: ReductionState) -> bool:
    return reason.enabled or number == state.reason_id


def _wanted(form: ReductionForm, state: ReductionState | None = None) -> services.ReductionWanted:
    given = form.cleaned_data
    return services.ReductionWanted(
        reason_id=int(given["reason"]) if "reason" in given or state is None else state.reason_id,
        hours=given["hours"],
        first_day=given["first_day"],
        last_day=given["last_day"],
        notes=given.get("notes", ""),
    )


def _add(form: ReductionForm, carrying: Carrying, sees_personal: bool) -> str:
    wanted = _wanted(form)
    return once(
        form.cleaned_data["form_key"],
        lambda: str(services.add_reduction(place_id=carrying.place_id, wanted=wanted, sees_personal=sees_personal).pk),
    )


def _change(form: ReductionForm, state: ReductionState, sees_personal: bool) -> str:
    given = form.cleaned_data
    require_as_read(given["version"], state)
    after = services.change_reduction(
        version=state.number,
        wanted=_wanted(form, state),
        why=given["why"],
        keeps_private=state.is_hidden,
        sees_personal=sees_personal,
    )
    return str(after.pk)


def _tried(form: ReductionForm, work: Any) -> Any:
    """What the work answers; what it refuses goes beside its field, and the answer is empty."""
    try:
        return work()
    except StaffingRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return ""
