"""Cases for the search box: by their whole CRN, and only those that the user may see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from londonnet.platform.access.policy import reach
from londonnet.platform.registry import SearchResult
from londonnet.platform.search.matching import EXACT_IDENTIFIER

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

_CRN: Final = re.compile(r"[A-Za-z]\d{6}")


def find_case(user: User, typed: str, limit: int) -> Sequence[SearchResult]:
    """The case of that CRN. A part of a CRN finds nothing: cases are looked up, never browsed."""
    crn = typed.strip()
    reached = reach(user, "caseload.list")
    if reached.is_empty or not _CRN.fullmatch(crn):
        return ()
    from .selectors import holder_of

    found = holder_of(crn.upper(), reached)
    if found is None:
        return ()
    address = f"/cases?practitioner={found.om_key}&team={found.team_code}&crn={found.crn}"
    return [SearchResult("Case", found.crn, f"held by {found.name}, {found.team}", address, EXACT_IDENTIFIER)]
