"""Versions of the weights, and what other weights would do."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field

from londonnet.apps.workload import selectors
from londonnet.apps.workload.permissions import TRY, VIEW
from londonnet.apps.workload.selectors.trial_places import TrialPlace, trial_places
from londonnet.apps.workload.selectors.weight_drafts import VersionRow, kept_weights, version_rows
from londonnet.apps.workload.selectors.weight_effect import effect_of
from londonnet.apps.workload.weight_changes import differences
from londonnet.apps.workload.weights import WeightSet, weights_json
from londonnet.apps.workload.weights_json import changes_json, effect_json, version_json
from londonnet.apps.workload.weights_reading import parse_weights
from londonnet.apps.workload.within_reach import found_draft
from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.api.guard import caller
from londonnet.platform.api.paging import Paging, page_of
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts import current_trust
from londonnet.platform.trusts.snapshot import snapshot

from .asked import as_at_json, figures_for
from .parts import Identifier, Number
from .weight_schemas import WeightEffect, Weights, WeightsTried, WeightVersionsPage, WeightVersionWhole

router = ApiRouter()


class InForceAsked(Schema):
    """On which day."""

    day: date | None = Field(None, description="today unless it is given")


class EffectAsked(Schema):
    """On which place."""

    within: str = Field("", max_length=60, description="on which place; the widest within reach unless it is given")


@router.read("/weights", permission=TRY, answer=WeightVersionsPage)
def weight_versions(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Versions of the weights.

    Every one, the newest first: from when it holds, what it is today, by whom and why. What a version is depends on the
    others, so all are read whatever part is asked for; they are few.
    """
    with snapshot():
        rows = version_rows(timezone.localdate())
    return page_of(rows, paging, version_json)


@router.read("/weights/in-force", permission=TRY, answer=Weights)
def weights_in_force(request: HttpRequest, asked: Query[InForceAsked]) -> dict[str, Any]:
    """The weights in force.

    All of them, as a weights file holds them.
    """
    return weights_json(selectors.weights_in_force(asked.day), complete=True)


@router.read("/weights/{int:number}", permission=TRY, answer=WeightVersionWhole)
def weight_version(request: HttpRequest, number: Number) -> dict[str, Any]:
    """One version of the weights.

    All that it holds, and what it changed against the version before.
    """
    with snapshot():
        rows = version_rows(timezone.localdate())
    at = next((at for at, row in enumerate(rows) if row.version == number), None)
    if at is None:
        raise NotAllowed
    return _whole(rows[at], rows[at + 1] if at + 1 < len(rows) else None)


@router.read("/weights/drafts/{uuid:identifier}/effect", permission=TRY, answer=WeightEffect)
def effect_of_draft(request: HttpRequest, identifier: Identifier, asked: Query[EffectAsked]) -> dict[str, Any]:
    """What a draft would do.

    To a place within the caller's reach, against the figures in force. Nothing is written.
    """
    with snapshot():
        return effect_shown(caller(request), kept_weights(found_draft(identifier)), asked.within)


@router.read("/weights/effect", method="POST", permission=TRY, answer=WeightEffect)
def effect_of_weights(request: HttpRequest, tried: WeightsTried) -> dict[str, Any]:
    """What weights would do.

    To a place within the caller's reach, against the figures in force. Nothing is written: it is a POST since weights
    are sent.
    """
    with snapshot():
        return effect_shown(caller(request), weights_sent(tried.weights), tried.within)


def weights_sent(sent: Weights) -> WeightSet:
    """The weights that were sent, by the rules of a weights file; they begin from those in force, as a file does.

    Raises:
        WeightsRefused: something is missing, unknown or bad; every such entry is named.
    """
    in_force = selectors.weights_in_force()
    document = sent.model_dump(mode="json")
    if sent.further_reports is None:
        del document["further_reports"]
    return replace(parse_weights(document, further_reports=in_force.further_reports), version=in_force.version)


def effect_shown(user: User, weights: WeightSet, within: str) -> dict[str, Any]:
    """What weights would do to a place: the widest within somebody's reach unless one is asked for.

    Raises:
        NotAllowed: the place isn't within reach.
    """
    places = trial_places(policy.reach(user, TRY))
    chosen: TrialPlace | None = next((one for one in places if within in ("", one.key)), None)
    if chosen is None:
        raise NotAllowed
    figures = figures_for(None)
    sees_names = policy.may(user, VIEW, chosen.place)
    effect = effect_of(
        weights,
        chosen.within,
        figures=figures,
        with_trust=policy.reach(user, TRY).everything,
        with_names=sees_names,
    )
    shown = effect_json(effect)
    named = {"code": chosen.within.code or current_trust().slug, "name": chosen.name}
    return {
        **shown,
        "as_at": as_at_json(figures),
        "within": chosen.key,
        "whole": {**shown["whole"], **named},
        "names_hidden": not sees_names,
    }


def _whole(row: VersionRow, before: VersionRow | None) -> dict[str, Any]:
    changed = differences(before.weights, row.weights) if before else ()
    return {
        **version_json(row),
        "weights": weights_json(row.weights, complete=True),
        "changes": changes_json(changed),
    }
