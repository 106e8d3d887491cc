"""A case's tier, worked out or put right here before an extract brings it."""

from django.db import transaction

from londonnet.platform.audit import Event, record

from ..errors import AllocationRefused
from ..selectors import current_snapshot, held_cases
from .moving import move_cases
from .turns import take_turn


@transaction.atomic
def change_tier(*, crn: str, tier: int) -> None:
    """Count a case under another tier until the next extract says what it is.

    Args:
        crn: the case.
        tier: 0 untiered; 1…16 A3…D0; 17…32 the same, contact suspended.

    Raises:
        AllocationRefused: the extract in force doesn't name the case, or there is no such tier.
    """
    take_turn()
    extract = current_snapshot()
    case = held_cases(extract.pk, [crn], locked=True).get(crn) if extract else None
    if extract is None or case is None:
        raise AllocationRefused("The national extract doesn't name this case.", "unknown-case")
    if not 0 <= tier <= 32:
        raise AllocationRefused("There is no such tier.", "unknown-tier")
    concerned = move_cases(extract.pk, [case.to(case.place_id, tier)])
    after = {"tier": tier, "concerned": sorted(concerned)}
    record(Event("caseload.tier_changed", "case", crn, about=crn, before={"tier": case.tier}, after=after))
