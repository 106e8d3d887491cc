"""The operations of the Workload Management Tool for programs."""

from londonnet.platform.api.routing import ApiRouter

from . import (
    allocation,
    figures,
    history,
    hours,
    mistakes,
    numbers,
    people,
    practitioners,
    reasons,
    reductions,
    weight_drafts,
    weights,
)

ROUTERS: tuple[ApiRouter, ...] = (
    figures.router,
    practitioners.router,
    people.router,
    numbers.router,
    history.router,
    reductions.router,
    hours.router,
    reasons.router,
    weights.router,
    weight_drafts.router,
    mistakes.router,
    allocation.router,
)
