"""The pages of a place or a practitioner, as tabs: one list for all of them."""

from datetime import date
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
_NOT_OF_SOMEBODY: Final[tuple[Tab, ...]] = ("excessive", "people", "allocation")


def place_tabs(
    reader: User,
    within: Within,
    current: Tab,
    heading: Heading | None,
    *,
    team_code: str = "",
    day: date | None = None,
    has_omic: bool = False,
) -> Tabs:
    """What each page of a place or a practitioner is called, where it is, and whether it is the one shown.

    Args:
        reader: the person signed in: allocation is there for whoever may allocate in the place.
        within: the place or the practitioner.
        current: the page shown.
        heading: what the page is headed with. Where reductions end within thirty days their tab leads to those.
        team_code: of a practitioner, the team.
        day: the kept day that is shown; pages that can show it are asked for it too.
        has_omic: without a heading, whether there are cases of offender management in custody.
    """
    left_out: set[Tab] = set(_NOT_OF_SOMEBODY if team_code else ())
    if not (heading.has_omic if heading else has_omic) and current != "omic":
        left_out.add("omic")
    if heading and not policy.may(reader, ALLOCATE, heading.place):
        left_out.add("allocation")
    tabs = [
        (_LABELS[tab], _address(tab, within, team_code, day), tab == current) for tab in _LABELS if tab not in left_out
    ]
    if heading and heading.expiring and current != "reductions":
        label = f"Reductions ({heading.expiring} expiring)"
        tabs[-1] = (label, addresses.reductions(within.level, within.code, "expiring"), False)
    return tabs


def _address(tab: Tab, within: Within, team_code: str, day: date | None) -> str:
    level, code = within.level, within.code
    if tab == "people":
        return addresses.as_at(addresses.people(level, code), day)
    if tab == "excessive":
        return addresses.excessive(level, code)
    if tab == "reductions":
        return addresses.reductions(level, code)
    if tab == "allocation":
        return addresses.allocation(within=f"{level}:{code}" if code else level)
    overview = addresses.practitioner(code, team_code) if team_code else addresses.place(level, code)
    return addresses.as_at(overview, day) if tab == "overview" else f"{overview}/{tab}"
