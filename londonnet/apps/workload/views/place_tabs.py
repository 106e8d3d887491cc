"""The pages of a place, as tabs: one list for all of them."""

from typing import Final, Literal

from londonnet.apps.workload import addresses
from londonnet.apps.workload.selectors import Within

Tab = Literal["overview", "history", "excessive", "caseload", "progress", "reports", "omic", "people", "reductions"]
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
    "reductions": "Reductions",
}


def place_tabs(within: Within, current: Tab, *, with_omic: bool, expiring: int = 0) -> Tabs:
    """What each page of a place is called, where it is, and whether it is the one shown.

    Args:
        within: the place.
        current: the page shown.
        with_omic: whether there is anything to show of offender management in custody.
        expiring: how many reductions end within thirty days; the tab leads to those.
    """
    shown = [tab for tab in _LABELS if tab != "omic" or with_omic or current == "omic"]
    tabs = [(_LABELS[tab], _address(tab, within), tab == current) for tab in shown]
    if expiring and current != "reductions":
        tabs[-1] = (
            f"Reductions ({expiring} expiring)",
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
    overview = addresses.place(within.level, within.code)
    return overview if tab == "overview" else f"{overview}/{tab}"
