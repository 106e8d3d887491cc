"""The operations of the caseload for programs."""

from londonnet.platform.api.routing import ApiRouter

from . import cases

ROUTERS: tuple[ApiRouter, ...] = (cases.router,)
