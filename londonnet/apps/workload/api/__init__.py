"""The operations of the Workload Management Tool for programs."""

from londonnet.platform.api.routing import ApiRouter

from . import (
    allocating,
    allocation,
    allocation_effects,
    figures,
    history,
    history_files,
    hours,
    mistakes,
    numbers,
    people,
    practitioners,
    reasons,
    reductions,
    staffing_effects,
    staffing_files,
    weight_drafts,
    weight_proposals,
    weights,
)

ROUTERS: tuple[ApiRouter, ...] = (
    figures.router,
    practitioners.router,
    people.router,
    numbers.router,
    history.router,
    history_files.router,
    reductions.router,
    staffing_effects.router,
    hours.router,
    staffing_files.router,
    reasons.router,
    weights.router,
    weight_drafts.router,
    weight_proposals.router,
    mistakes.router,
    allocation.router,
    allocation_effects.router,
    allocating.router,
)
