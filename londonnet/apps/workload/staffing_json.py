"""Reductions, hours and reasons as programs read them: the same from the command line and from the API."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from .models import ReductionTerms, StaffingFile
from .selectors.carrying import Carrying
from .selectors.hours_history import HoursState
from .selectors.loose_ends import PresentPlace, StayedBehind
from .selectors.reason_terms import ReasonTerms
from .selectors.reduction_history import ReductionState
from .staffing_effects import Effect


def reduction_json(states: Sequence[ReductionState], day: date) -> dict[str, Any]:
    """A reduction with every state that it had, as one reader may see it; what it is on a day."""
    now = states[0]
    return {**_state(now, day), "history": [_state(state, day) for state in states]}


def hours_json(carrying: Carrying, states: Sequence[HoursState], day: date) -> dict[str, Any]:
    """The contracted hours of a practitioner-in-team, those that hold on a day, and all that were and will be."""
    default = carrying.weights.default_hours_for(carrying.grade)
    held = carrying.contracted_on(day)
    return {
        "om_key": carrying.place.staff_key,
        "team_code": carrying.place.team_code,
        "name": carrying.name,
        "grade": carrying.grade,
        "default_hours": None if default is None else float(default),
        "contracted_hours": None if held is None else float(held),
        "reduction_hours": float(carrying.taken_on(day)),
        "version": carrying.version,
        "periods": [_period(state) for state in states],
    }


def reason_json(shown: ReasonTerms, *, with_history: bool = False) -> dict[str, Any]:
    """A reason with what it allows and will allow."""
    return {
        "number": shown.reason.pk,
        "name": shown.reason.name,
        "short_name": shown.reason.short_name,
        "kind": shown.reason.kind,
        "in_force": None if shown.in_force is None else _terms(shown.in_force),
        "to_come": [_terms(one) for one in shown.to_come],
        "history": [_terms(one) for one in shown.every] if with_history else [],
        "version": shown.version,
    }


def behind_json(behind: StayedBehind, targets: Sequence[PresentPlace]) -> dict[str, Any]:
    """What stayed behind in a team, and the teams that it can be taken along to."""
    return {
        "om_key": behind.om_key,
        "name": behind.name,
        "team_code": behind.team_code,
        "ended_on": behind.ended_on.isoformat(),
        "contracted_hours": None if behind.contracted_hours is None else float(behind.contracted_hours),
        "reduction_hours": float(behind.reduction_hours),
        "to_team_codes": [target.place.team_code for target in targets],
    }


def file_json(file: StaffingFile) -> dict[str, Any]:
    """A file that was sent, and what became of it, without the lines that weren't taken."""
    rows = {"read": file.read, "loaded": file.loaded, "quarantined": file.quarantined, "ignored": file.ignored}
    return {
        "number": file.pk,
        "kind": file.kind,
        "name": file.name,
        "sent_at": file.sent_at.isoformat(),
        "unchanged": file.unchanged,
        "rows": rows,
    }


def file_with_lines_json(file: StaffingFile, columns: Sequence[str]) -> dict[str, Any]:
    """A file that was sent, with the lines that weren't taken and what is wrong with each."""
    lines = sorted(file.lines.items(), key=lambda one: int(one[0]))
    return {
        **file_json(file),
        "quarantined": file.problems,
        "lines": [{"line": int(line), "cells": dict(zip(columns, cells, strict=False))} for line, cells in lines],
        "ignored_columns": file.ignored_columns,
    }


def capacity_effect_json(effect: Effect) -> dict[str, Any]:
    """What a change of hours or reductions would do to somebody's capacity."""
    return {
        "day": effect.day.isoformat(),
        "contracted_hours": None if effect.contracted is None else float(effect.contracted),
        "reduction_hours": float(effect.taken),
        "is_too_much": effect.is_too_much,
        "capacity_before": effect.before.percent if effect.before else None,
        "capacity_after": effect.after.percent if effect.after else None,
        "capacity_note": (effect.after.note or None) if effect.after else None,
    }


def _state(state: ReductionState, day: date) -> dict[str, Any]:
    return {
        "number": state.number,
        "is_in_force": state.is_in_force,
        "om_key": state.place.staff_key,
        "team_code": state.place.team_code,
        "name": state.name,
        "reason": state.reason,
        "is_hidden": state.is_hidden,
        "hours": float(state.hours),
        "first_day": state.first_day.isoformat(),
        "last_day": state.last_day.isoformat() if state.last_day else None,
        "status": state.status(day).value,
        "notes": state.notes,
        "act": state.act or "loaded",
        "done_by": state.done_by,
        "done_at": state.done_at.isoformat(),
        "why": state.why,
    }


def _period(state: HoursState) -> dict[str, Any]:
    return {
        "hours": float(state.hours),
        "first_day": state.first_day.isoformat(),
        "last_day": state.last_day.isoformat() if state.last_day else None,
        "is_in_force": state.is_in_force,
        "act": state.act or "loaded",
        "done_by": state.done_by,
        "done_at": state.done_at.isoformat(),
        "why": state.why,
    }


def _terms(terms: ReductionTerms) -> dict[str, Any]:
    return {
        "valid_from": terms.valid_from.isoformat(),
        "allowance_percent": terms.allowance_percent,
        "maximum_percent": terms.maximum_percent,
        "months_to_expiry": terms.months_to_expiry,
        "enabled": terms.enabled,
        "set_by": terms.set_by,
        "why": terms.why,
    }
