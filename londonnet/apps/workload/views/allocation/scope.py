"""The part of the trust that a page of allocation is about."""

from dataclasses import dataclass

from django.http import HttpRequest

from londonnet.apps.workload import addresses, selectors
from londonnet.apps.workload.selectors import OrganisationLevel, Within
from londonnet.apps.workload.selectors.allocation.scope import reach_within
from londonnet.apps.workload.services.allocating import ALLOCATE
from londonnet.platform.access import policy
from londonnet.platform.access.policy import Place, Reach
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts import current_trust

from ..answering import LEVEL_NAMES, person
from ..topics import topics_of


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of the trust that the reader may allocate in.

    Attributes:
        reach: what lies in it.
        within: how addresses name it, `team:N07T01`; empty for all that the reader answers for.
        name: what it is called.
        caption: that, and its level and code.
        url: the page about its workload; empty where it is several places.
        topics: the live topics of all that lies in it.
        is_team: whether it is one team.
    """

    reach: Reach
    within: str
    name: str
    caption: str
    url: str
    topics: str
    is_team: bool


def reach_of(request: HttpRequest) -> Reach:
    """How far the person signed in may allocate."""
    return policy.reach(person(request), ALLOCATE)


def scope_of(request: HttpRequest) -> Scope:
    """The place that `?within=` names; without it the reader's own one, or all that they answer for. One query at most.

    Raises:
        NotAllowed: there is no such place, or the reader may not allocate in it.
    """
    return scope_within(request.GET.get("within", ""), reach_of(request))


def scope_within(asked: str, reach: Reach) -> Scope:
    """The same for somebody's reach.

    Args:
        asked: a place as `team:CODE`, or `trust`; empty for all within reach.
        reach: how far they may allocate.

    Raises:
        NotAllowed: there is no such place, or it isn't within reach.
    """
    if asked:
        level, code = _part(asked)
        return _place(level, code, asked, reach)
    own = _codes(reach)
    if reach.everything:
        return _place("trust", "", "", reach)
    if len(own) == 1:
        return _place(*own[0], "", reach)
    return Scope(reach, "", "Your teams", "All that you answer for", "", topics_of_reach(reach), is_team=False)


def topics_of_reach(reach: Reach) -> str:
    """The live topics of all that lies within reach."""
    if reach.everything:
        return f"workload:trust:{current_trust().slug}"
    return " ".join(f"workload:{level}:{code}" for level, code in _codes(reach))


def _codes(reach: Reach) -> list[tuple[OrganisationLevel, str]]:
    by_level: tuple[tuple[OrganisationLevel, frozenset[str]], ...] = (
        ("region", reach.region_codes),
        ("pdu", reach.pdu_codes),
        ("team", reach.team_codes),
    )
    return [(level, code) for level, codes in by_level for code in sorted(codes)]


def _part(asked: str) -> tuple[OrganisationLevel, str]:
    level, _, code = asked.partition(":")
    known: tuple[OrganisationLevel, ...] = ("trust", "region", "pdu", "team")
    found = next((one for one in known if one == level), None)
    if found is None or bool(code) == (found == "trust"):
        raise NotAllowed
    return found, code


def _place(level: OrganisationLevel, code: str, within: str, reach: Reach) -> Scope:
    names = selectors.ancestry(level, code)
    codes = {one.level: one.code for one in names}
    place = Place("", codes.get("team", ""), codes.get("pdu", ""), codes.get("region", ""))
    if not names or not reach.covers(place):
        raise NotAllowed
    name = names[-1].name
    caption = name if level == "trust" else f"{name}, {LEVEL_NAMES[level]} {code}"
    return Scope(
        reach_within(place),
        within,
        name,
        caption,
        addresses.place(level, code),
        topics_of(Within(level, code)),
        level == "team",
    )
