"""The pages of a place, as tabs: one list for all of them."""

from typing import Final, Literal

from londonnet.apps.workload import addresses
from londonnet.apps.workload.selectors import Within
from londonnet.apps.workload.selectors.headings import Heading
from londonnet.apps.workload.services.allocating import ALLOCATE
from londonnet.platform.access import policy
from londonnet.platform.access.models import User

Tab = Literal[
    "overview", "history", "excessive", "caseload", "progress", "reports", "omic", "people", "allocation", "reductions"
]
Tabs = list[tuple[str, str, bool]]

_LABELS: Final[dict[Tab, str]] = {
    "overview": "Overview",
    "history": "Capacity over time",
    "excessive": "Above for weeks",
    "caseload": "Caseload",
    "progress": "Case progress",
    "reports": "Court reports",
    "omic": "OMiC",
    "people": "People",
    "allocation": "Allocation",
    "reductions": "Reductions",
}


def place_tabs(reader: User, within: Within, current: Tab, heading: Heading) -> Tabs:
    """What each page of a place is called, where it is, and whether it is the one shown.

    Args:
        reader: the person signed in: allocation is there for whoever may allocate in the place.
        within: the place.
        current: the page shown.
        heading: what the page is headed with. Where reductions end within thirty days their tab leads to those.
    """
    left_out = set() if heading.has_omic or current == "omic" else {"omic"}
    if not policy.may(reader, ALLOCATE, heading.place):
        left_out.add("allocation")
    tabs = [(_LABELS[tab], _address(tab, within), tab == current) for tab in _LABELS if tab not in left_out]
    if heading.expiring and current != "reductions":
        tabs[-1] = (
            f"Reductions ({heading.expiring} expiring)",
            addresses.reductions(within.level, within.code, "expiring"),
            False,
        )
    return tabs


def _address(tab: Tab, within: Within) -> str:
    if tab == "people":
        return addresses.people(within.level, within.code)
    if tab == "excessive":
        return addresses.excessive(within.level, within.code)
    if tab == "reductions":
        return addresses.reductions(within.level, within.code)
    if tab == "allocation":
        return addresses.allocation(within=f"{within.level}:{within.code}" if within.code else within.level)
    overview = addresses.place(within.level, within.code)
    return overview if tab == "overview" else f"{overview}/{tab}"
