"""The operations of the Workload Management Tool for programs."""

from londonnet.platform.api.routing import ApiRouter

from . import allocation, figures, practitioners

ROUTERS: tuple[ApiRouter, ...] = (figures.router, practitioners.router, allocation.router)
