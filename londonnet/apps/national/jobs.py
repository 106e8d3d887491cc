"""Loading in the background, with progress that a page shows.

What reads workbooks is imported when a job runs: every command and process imports this module to know its jobs.
"""

from typing import TYPE_CHECKING, Any

from londonnet.platform.jobs import Progress, job

from .models import ReceivedFile

if TYPE_CHECKING:
    from .services.loading import LoadOutcome


@job(name="national.load", label="Load the national extract", heavy=True, one_at_a_time=True, ends_in_a_notice=True)
def load_received(progress: Progress, *, file_id: int, force: bool = False) -> dict[str, Any]:
    """Load a received file; the result says where its report is."""
    from .services.loading import load_extract

    file = ReceivedFile.objects.get(pk=file_id)
    return _result(load_extract(file=file, force=force, progress=progress.say))


@job(
    name="national.put_back",
    label="Put the earlier extract back",
    heavy=True,
    one_at_a_time=True,
    ends_in_a_notice=True,
)
def put_back(progress: Progress, *, instead_of: int | None = None) -> dict[str, Any]:
    """Put the extract back that was in force before the load of that number."""
    from .services.loading import put_back as put_back_earlier

    return _result(put_back_earlier(instead_of=instead_of, progress=progress.say))


def _result(outcome: "LoadOutcome") -> dict[str, Any]:
    return {
        "load_id": outcome.load.pk,
        "unchanged": outcome.unchanged,
        "result_url": f"/national/loads/{outcome.load.pk}" + ("?unchanged=1" if outcome.unchanged else ""),
    }
