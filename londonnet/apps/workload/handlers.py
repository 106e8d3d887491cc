"""What other applications' events make this one do, in their transaction."""

from londonnet.platform.audit import Event, on

from .services import recompute


@on("national.extract_loaded")
def figures_follow_the_extract(event: Event) -> None:
    """A new extract is in force: every figure is worked out from it before anybody can see it."""
    recompute(reason="An extract was loaded")
