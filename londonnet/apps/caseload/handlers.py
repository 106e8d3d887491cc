"""What other applications' events make the caseload do, in their transaction."""

from londonnet.platform.audit import Event, on

from .services import follow_extract


@on("national.extract_loaded")
def cases_moved_here_follow_the_extract(event: Event) -> None:
    """A new extract is in force: what was moved here is settled, listed or done to it anew."""
    follow_extract()
