"""Cases that nobody has, fifty at a time; those that are ticked go on to choosing who gets them."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from londonnet.apps.caseload.flags import FLAG_OF_NAME
from londonnet.apps.caseload.models import Location
from londonnet.apps.caseload.tiers import tier_number
from londonnet.apps.workload import selectors
from londonnet.apps.workload.selectors import FiguresInForce
from londonnet.apps.workload.selectors.allocation.cases import CaseNarrowed, OpenCases, unallocated
from londonnet.apps.workload.selectors.allocation.counts import counts
from londonnet.apps.workload.selectors.allocation.teams import teams_within
from londonnet.apps.workload.services.allocating import ALLOCATE
from londonnet.platform.access import requires
from londonnet.platform.documents.exports import export_response
from londonnet.platform.lists.asking import Asked
from londonnet.platform.lists.asking import asked as ask
from londonnet.platform.lists.paging import Page, page_of
from londonnet.platform.lists.spec import ListSpec
from londonnet.platform.lists.toolbar import toolbar
from londonnet.platform.trusts.snapshot import snapshot

from ..answering import Why, answer, empty
from ..exporting import as_at_words
from .lists import UNALLOCATED
from .looked import looked_at
from .scope import Scope, scope_of
from .tabs import tabs


@require_safe
@requires(ALLOCATE)
def waiting(request: HttpRequest) -> HttpResponseBase:
    """The cases that wait, those that have waited longest first and of these the highest tier."""
    with snapshot():
        scope = scope_of(request)
        figures = selectors.figures_in_force()
        context = _read(request, scope, figures) if figures else None
    if context is None:
        return empty(request, Why.NO_EXTRACT)
    if context["asked"].format:
        return _export(request, scope, context)
    looked_at(request, f"unallocated:{scope.within or 'own'}")
    return answer(request, "workload/allocation/unallocated.html", context)


def _read(request: HttpRequest, scope: Scope, figures: FiguresInForce) -> dict[str, Any]:
    asked = ask(request, _spec(scope, figures))
    number = counts(scope.reach, snapshot_id=figures.snapshot_id, datestamp=figures.datestamp)
    page, found = _page(asked, scope, figures)
    return {
        "scope": scope,
        "tabs": tabs(scope, number, ""),
        "counts": number,
        "asked": asked,
        "bar": toolbar(asked),
        "lines": found.rows,
        "page": page,
        "figures": figures,
    }


def _spec(scope: Scope, figures: FiguresInForce) -> ListSpec:
    """The list; of one team it can't be narrowed to a team."""
    if scope.is_team:
        return replace(UNALLOCATED, filters=tuple(one for one in UNALLOCATED.filters if one.key != "team"))
    teams = teams_within(scope.reach, run_id=figures.run_id)
    return UNALLOCATED.with_choices({"team": tuple((one.code, one.name) for one in teams)})


def _page(asked: Asked, scope: Scope, figures: FiguresInForce) -> tuple[Page, OpenCases]:
    """The page asked for, or the last one where there are fewer."""
    wanted = page_of(asked, asked.page * asked.spec.size)
    found = _cases(asked, scope, figures, wanted)
    page = page_of(asked, found.total)
    return (page, found) if found.rows or asked.page == 1 else (page_of(replace(asked, page=1), 0), found)


def _cases(asked: Asked, scope: Scope, figures: FiguresInForce, page: Page) -> OpenCases:
    return unallocated(
        scope.reach,
        snapshot_id=figures.snapshot_id,
        narrowed=_narrowed(asked),
        sort=asked.sort.key,
        descending=asked.sort.descending,
        first=page.first,
        size=None if asked.format else page.size,
    )


def _narrowed(asked: Asked) -> CaseNarrowed:
    location = asked.choice("location").upper()
    return CaseNarrowed(
        tuple(number for name in asked.choices("tier") if (number := tier_number(name)) is not None),
        Location[location].value if location else None,
        FLAG_OF_NAME.get(asked.choice("flag")),
        asked.choice("team") if any(one.key == "team" for one in asked.spec.filters) else "",
    )


def _export(request: HttpRequest, scope: Scope, context: dict[str, Any]) -> HttpResponseBase:
    return export_response(
        request,
        context["asked"],
        context["lines"],
        title=f"Unallocated cases of {scope.name}",
        marking="OFFICIAL-SENSITIVE",
        as_at=as_at_words(context["figures"]),
        of=scope.within or "own",
    )
