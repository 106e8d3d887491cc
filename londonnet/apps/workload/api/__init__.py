"""The operations of the Workload Management Tool for programs."""

from londonnet.platform.api.routing import ApiRouter

from . import allocation, figures, history, numbers, people, practitioners

ROUTERS: tuple[ApiRouter, ...] = (
    figures.router,
    practitioners.router,
    people.router,
    numbers.router,
    history.router,
    allocation.router,
)
