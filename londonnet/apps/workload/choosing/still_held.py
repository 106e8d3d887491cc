"""Whether cases are still with whom they were when somebody chose, told as far as that somebody may know."""

from collections.abc import Sequence

from londonnet.apps.caseload.errors import CaseMoved
from londonnet.apps.workload.selectors.allocation.cases import Holding, OpenCase, cases_called
from londonnet.platform.access.policy import Reach

_GONE = "It isn’t in your teams any more, or there is no such case."


class MovedMeanwhile(CaseMoved):
    """Somebody else was quicker. A case out of reach and one that there isn't are told alike.

    Args:
        moved: each with the field that named it, its CRN, and the case where it is within reach.
    """

    def __init__(self, moved: Sequence[tuple[str, str, OpenCase | None]]) -> None:
        super().__init__([crn for _, crn, _ in moved], ())
        self.details = tuple(_told(field, case) for field, _, case in moved)


def require_still_held(
    asked: Sequence[tuple[str, Holding]], reach: Reach, *, snapshot_id: int, field: str
) -> tuple[OpenCase, ...]:
    """The cases, if each is with whom it was said to be. One query.

    Args:
        asked: CRNs, with who held them when they were chosen.
        reach: how far the one who asks may allocate.
        snapshot_id: the extract in force.
        field: what the list of them is called in what was sent.

    Raises:
        MovedMeanwhile: one isn't; where it is now is told where that is within reach.
    """
    found = {case.crn: case for case in cases_called({crn for crn, _ in asked}, reach, snapshot_id=snapshot_id)}
    moved = [
        (f"{field}.{at}.held_by", crn, case)
        for at, (crn, holding) in enumerate(asked)
        if (case := found.get(crn)) is None or holding_of(case) != holding
    ]
    if moved:
        raise MovedMeanwhile(moved)
    return tuple(found[crn] for crn, _ in asked)


def holding_of(case: OpenCase) -> Holding:
    """Who holds a case."""
    return Holding(case.om_key, case.team_code)


def _told(field: str, case: OpenCase | None) -> dict[str, str]:
    if case is None:
        return {"field": field, "message": _GONE}
    message = f"It is with {case.holder}, {case.team_name}, now."
    return {"field": field, "message": message, "now": f"{case.om_key}/{case.team_code}"}
