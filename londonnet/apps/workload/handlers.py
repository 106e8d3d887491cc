"""What other applications' events make this one do, in their transaction."""

from londonnet.platform.audit import Event, on

from .services import recompute, recount


@on("national.extract_loaded")
def figures_follow_the_extract(event: Event) -> None:
    """A new extract is in force: every figure is worked out from it before anybody can see it."""
    recompute(reason="An extract was loaded")


@on("caseload.allocated")
@on("caseload.allocation_undone")
@on("caseload.tier_changed")
def figures_follow_the_cases(event: Event) -> None:
    """Cases were moved here: those who gave and got them have other figures at once."""
    recount(place_ids=(event.after or {}).get("concerned", ()))
