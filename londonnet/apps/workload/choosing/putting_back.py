"""Where cases go that are put back: to the team's post for unallocated cases, else to one of the PDU."""

from collections.abc import Sequence

from londonnet.apps.caseload.errors import AllocationRefused
from londonnet.apps.caseload.services import Move
from londonnet.apps.workload.selectors.allocation.cases import OpenCase
from londonnet.apps.workload.selectors.allocation.nobodys import NobodysPost, nobodys_posts
from londonnet.platform.access.policy import Reach


def moves_back(cases: Sequence[OpenCase], reach: Reach) -> list[Move]:
    """The moves that put cases back for allocation. One query.

    Args:
        cases: those that somebody holds.
        reach: how far whoever puts them back may allocate.

    Raises:
        AllocationRefused: there is no such post within reach.
    """
    posts = [post for post in nobodys_posts(frozenset(case.pdu_code for case in cases)) if reach.covers(post.place)]
    return [Move(case.crn, case.place_id, _post_for(case, posts).place_id) for case in cases]


def _post_for(case: OpenCase, posts: Sequence[NobodysPost]) -> NobodysPost:
    near = sorted(posts, key=lambda post: (post.team_code != case.team_code, post.om_key))
    found = next((post for post in near if post.pdu_code == case.pdu_code), None)
    if found is None:
        raise AllocationRefused(
            f"{case.team_name} has no post for unallocated cases that you answer for, nor has its PDU: "
            "the national extract names none. Choose a practitioner instead."
        )
    return found
