"""What somebody may open and change, asked alike by pages and by the API; what is out of reach is as if it weren't."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from londonnet.platform.access import policy
from londonnet.platform.access.models import User
from londonnet.platform.access.policy import Place, Reach
from londonnet.platform.errors import NotAllowed

from . import selectors
from .models import WeightDraft
from .permissions import HOURS, PERSONAL
from .personal import reach_of_personal
from .selectors import PractitionerRow, Within
from .selectors.mistakes import MistakeRow, mistake
from .selectors.reduction_history import ReductionState, reduction_history
from .selectors.weight_drafts import draft
from .services.allocating import ALLOCATE
from .services.mistakes import ANSWER


def rows_within_reach(om_key: str, reach: Reach, day: date | None = None) -> list[PractitionerRow]:
    """A practitioner's figures in all teams for which the reader may see them, now or on a kept day. One query."""
    rows = selectors.practitioner_rows(Within("practitioner", om_key), run=day)
    return [row for row in rows if reach.covers(place_of(row))]


def place_of(row: PractitionerRow) -> Place:
    """Where a figure belongs."""
    return Place(row.om_key, row.team_code, row.pdu_code, row.region_code)


def require_place(om_key: str, team_code: str, reach: Reach) -> None:
    """For somebody without figures in a team: those who may see that place of theirs learn that.

    Raises:
        NotAllowed: they may not, or there is no such place.
    """
    places = selectors.places_of_practitioner(om_key)
    if not any(reach.covers(place) for place in places if place.team_code == team_code):
        raise NotAllowed


def sees_personal(reader: User, row: PractitionerRow) -> bool:
    """Whether a reader may know why somebody has personal reductions: the person themselves, and some roles."""
    is_self = bool(reader.staff_key) and reader.staff_key == row.om_key
    return is_self or policy.may(reader, PERSONAL, place_of(row))


def state_within_reach(user: User, number: int, permission: str = HOURS) -> ReductionState:
    """What a reduction is now, whichever of its states the number is of.

    Raises:
        NotAllowed: it is nobody's that the user may change, or there is no such one.
    """
    states = reduction_history(number, personal=reach_of_personal(user))
    if not states:
        raise NotAllowed
    policy.require(user, permission, states[0].place)
    return states[0]


def answerable(user: User, pk: int) -> MistakeRow:
    """A report that a user may answer; nobody answers their own.

    Raises:
        NotAllowed: they may not, or there is no such report.
    """
    found = mistake(pk)
    if found is None or found.om_key == user.staff_key:
        raise NotAllowed
    policy.require(user, ANSWER, found.place)
    return found


def found_draft(identifier: UUID) -> WeightDraft:
    """The draft of a link.

    Raises:
        NotAllowed: there is none.
    """
    found = draft(identifier)
    if found is None:
        raise NotAllowed
    return found


def require_both_ends(user: User, places: Iterable[Place]) -> None:
    """Stop here unless the user may allocate at every one of these places.

    Raises:
        NotAllowed: they may not.
    """
    for place in set(places):
        policy.require(user, ALLOCATE, place)
