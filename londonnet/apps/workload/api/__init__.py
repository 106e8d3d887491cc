"""The operations of the Workload Management Tool for programs."""

from londonnet.platform.api.routing import ApiRouter

from . import allocation, figures, history, hours, numbers, people, practitioners, reasons, reductions

ROUTERS: tuple[ApiRouter, ...] = (
    figures.router,
    practitioners.router,
    people.router,
    numbers.router,
    history.router,
    reductions.router,
    hours.router,
    reasons.router,
    allocation.router,
)
