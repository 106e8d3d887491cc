"""Cases that wait, for tests of allocation: Alice's team with a post for cases that nobody has, and a second team."""

from typing import Final

from londonnet.apps.caseload.models import Case, CaseCount, CaseReceived, CurrentSnapshot, Location, Sheet
from londonnet.apps.organisation.models import PractitionerInTeam
from londonnet.apps.workload.services import recompute

from . import extracts
from .extracts import ALICE, B2, DAY, Person

WAITING: Final = Person("N07AUTSO", "Unallocated Staff", grade="DMY", cases=0)
WAITING_ELSEWHERE: Final = Person("N07BUTSO", "Unallocated Staff", team_code="N07T02", grade="DMY", cases=0)
TEAM: Final = (*extracts.EVERYBODY, WAITING, WAITING_ELSEWHERE)
CRN: Final = "X000001"
"""A case that waits in Alice's team."""
ALICES: Final = "X900010"
"""A case of hers."""
ELSEWHERES: Final = "X900020"
"""A case that waits in the other team."""
ALL_OF_HERS: Final = (ALICES, "X900011", "X900012")
LIST: Final = "/workload/allocation"
HERS: Final = f"{LIST}/from/{ALICE.om_key}/{ALICE.team_code}"
"""Where Alice's cases are given to others."""


def load(people: tuple[Person, ...] = TEAM, waiting: int = 3) -> None:
    """An extract with cases that wait in both teams, and three of Alice's."""
    extracts.load(people)
    for number in range(waiting):
        a_case(f"X{number + 1:06}", WAITING, tier=number % 3 + 5)
    for number in range(3):
        a_case(f"X90001{number}", ALICE, is_counted=False)
    a_case(ELSEWHERES, WAITING_ELSEWHERE)
    recompute(reason="A test", day=DAY)


def a_case(crn: str, who: Person, *, tier: int = B2, is_counted: bool = True) -> Case:
    """A case of somebody in the extract in force; `extracts` has counted theirs already where they hold any."""
    snapshot_id, place_id = CurrentSnapshot.objects.get().snapshot_id, place(who)
    CaseReceived.objects.get_or_create(day=DAY, crn=crn, defaults={"place_id": place_id})
    if is_counted:
        key = {"snapshot_id": snapshot_id, "sheet": Sheet.FILTERED, "place_id": place_id, "tier": tier}
        counted, is_new = CaseCount.objects.get_or_create(**key, location=Location.COMMUNITY, defaults={"count": 1})
        if not is_new:
            CaseCount.objects.filter(**key, location=Location.COMMUNITY).update(count=counted.count + 1)
    return Case.objects.create(
        snapshot_id=snapshot_id, crn=crn, place_id=place_id, tier=tier, location=Location.COMMUNITY
    )


def place(who: Person) -> int:
    """The number of somebody's place in their team."""
    return PractitionerInTeam.objects.get(practitioner__om_key=who.om_key, team__code=who.team_code).pk


def holder(crn: str = CRN) -> str:
    """Who holds a case in the extract in force."""
    case = Case.objects.get(snapshot_id=CurrentSnapshot.objects.get().snapshot_id, crn=crn)
    return case.place.practitioner.om_key
