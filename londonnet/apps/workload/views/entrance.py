"""`/workload`: to where one belongs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.selectors import OrganisationRow
from londonnet.platform.access import requires
from londonnet.platform.access.policy import Reach
from londonnet.platform.trusts.snapshot import snapshot

from .answering import VIEW, Why, empty, reach_of
from .lines import place_lines


@require_safe
@requires(VIEW)
def start(request: HttpRequest) -> HttpResponse:
    """To the one page that is yours, or to a choice where there are several."""
    reach = reach_of(request)
    if reach.everything:
        return redirect(addresses.TRUST)
    with snapshot():
        figures = selectors.figures_in_force()
        rows = selectors.rows_within_reach(reach, run=figures.run_id) if figures else []
    if figures is None:
        return empty(request, Why.NO_EXTRACT)
    if rows and (len(rows) > 1 or reach.staff_keys):
        context = {"lines": place_lines(rows), "figures": figures, "mine": bool(reach.staff_keys)}
        return render(request, "workload/choose.html", context)
    return _only(request, reach, rows)


def _only(request: HttpRequest, reach: Reach, rows: list[OrganisationRow]) -> HttpResponse:
    if rows:
        return redirect(addresses.place(rows[0].level, rows[0].code))
    if reach.staff_keys:
        return redirect(addresses.MINE)
    return empty(request, Why.NOBODY_IN_YOUR_PLACES)
