"""The operations of the Workload Management Tool for programs."""

from londonnet.platform.api.routing import ApiRouter

from . import figures, practitioners

ROUTERS: tuple[ApiRouter, ...] = (figures.router, practitioners.router)
