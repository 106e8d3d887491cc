"""Cases are given to people here, at once and undoably, and extracts settle what was done."""

from datetime import date, timedelta

import pytest

from londonnet.apps.caseload.errors import AllocationRefused, CaseMoved
from londonnet.apps.caseload.models import (
    Allocation,
    Case,
    CaseCount,
    CaseReceived,
    CurrentSnapshot,
    Location,
    RosterEntry,
    Sheet,
    Snapshot,
)
from londonnet.apps.caseload.services import (
    Move,
    allocate,
    change_tier,
    follow_extract,
    let_record_stand,
    undo_allocation,
)
from londonnet.apps.organisation.models import PractitionerInTeam
from londonnet.apps.organisation.rosters import apply_roster
from londonnet.apps.organisation.tests.rosters import ALICE, roster
from londonnet.platform.audit.models import TrailEntry

from .cases import DAY

pytestmark = pytest.mark.usefixtures("in_alpha")

CRN = "X000001"
WORKLOAD = "Workload"


@pytest.fixture
def posts() -> dict[str, int]:
    """Alice, Ben, and the team's post for cases that nobody has; by key, as numbers."""
    people = [ALICE, ALICE | {"om_key": "N07A002"}, ALICE | {"om_key": "N07AUTSO"}]
    apply_roster(roster(*people), day=DAY)
    return dict(PractitionerInTeam.objects.values_list("practitioner__om_key", "pk"))


def extract(posts: dict[str, int], held_by: dict[str, str], *, day: date = DAY, **others: object) -> Snapshot:
    """An extract in force in which those cases stand with those people, and are counted."""
    snapshot = Snapshot.objects.create(datestamp=day, digest=f"{day}"[:10])
    for om_key in posts:
        RosterEntry.objects.create(snapshot=snapshot, place_id=posts[om_key], grade="PO")
    for crn, om_key in held_by.items():
        wanted = {"tier": 6, "location": Location.COMMUNITY, **others}
        case = Case.objects.create(snapshot=snapshot, crn=crn, place_id=posts[om_key], **wanted)
        for sheet in (Sheet.ALL, Sheet.FILTERED):
            key = {"snapshot": snapshot, "sheet": sheet, "place_id": case.place_id}
            counted, is_new = CaseCount.objects.get_or_create(
                **key, location=case.location, tier=case.tier, defaults={"count": 1}
            )
            if not is_new:
                CaseCount.objects.filter(**key, location=case.location, tier=case.tier).update(count=counted.count + 1)
    CurrentSnapshot.objects.update_or_create(id=1, defaults={"snapshot": snapshot})
    return snapshot


def holder(crn: str = CRN) -> str:
    """Who holds a case in the extract in force."""
    case = Case.objects.get(snapshot_id=CurrentSnapshot.objects.get().snapshot_id, crn=crn)
    return case.place.practitioner.om_key


def counted(om_key: str) -> list[tuple[int, int]]:
    """Sheets and counts of somebody in the extract in force."""
    snapshot_id = CurrentSnapshot.objects.get().snapshot_id
    counts = CaseCount.objects.filter(snapshot_id=snapshot_id, place__practitioner__om_key=om_key)
    return list(counts.order_by("sheet").values_list("sheet", "count"))


def give(posts: dict[str, int], giver: str, taker: str, reason: str = WORKLOAD, crn: str = CRN) -> str:
    """Give a case; the batch."""
    return str(allocate(moves=[Move(crn, posts[giver], posts[taker])], reason=reason))


def state() -> str:
    """What became of the latest allocation."""
    return Allocation.objects.latest("pk").state


def test_a_case_that_nobody_has_is_given_without_a_reason(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07AUTSO"})
    give(posts, "N07AUTSO", "N07A001", reason="")
    assert holder() == "N07A001"
    assert counted("N07A001") == [(Sheet.FILTERED, 1), (Sheet.ALL, 1)]
    assert counted("N07AUTSO") == []
    made = Allocation.objects.get()
    assert (made.kind, made.state, made.made_on) == ("allocated", "standing", DAY)


def test_taking_a_case_from_somebody_wants_a_reason(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07A001"})
    with pytest.raises(AllocationRefused, match="why"):
        give(posts, "N07A001", "N07A002", reason="")
    assert holder() == "N07A001"
    give(posts, "N07A001", "N07A002")
    assert Allocation.objects.get().kind == "reallocated"


def test_one_event_tells_who_holds_it_and_why(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07A001"})
    batch = give(posts, "N07A001", "N07A002")
    entry = TrailEntry.objects.get(kind="caseload.allocated")
    assert (entry.subject_id, entry.about, entry.why) == (batch, CRN, WORKLOAD)
    assert entry.before == {"held_by": {CRN: posts["N07A001"]}}
    assert entry.after is not None and entry.after["held_by"] == {CRN: posts["N07A002"]}


def test_whoever_comes_second_is_told_and_changes_nothing(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07AUTSO", "X000002": "N07AUTSO"})
    give(posts, "N07AUTSO", "N07A001", reason="")
    second = [Move("X000002", posts["N07AUTSO"], posts["N07A002"]), Move(CRN, posts["N07AUTSO"], posts["N07A002"])]
    with pytest.raises(CaseMoved) as told:
        allocate(moves=second)
    assert told.value.crns == (CRN,)
    assert CRN in told.value.words[0] and CRN not in told.value.message
    assert holder() == "N07A001"
    assert holder("X000002") == "N07AUTSO"


def test_a_case_goes_only_to_somebody_whom_the_extract_names(posts: dict[str, int]) -> None:
    extract({key: pk for key, pk in posts.items() if key != "N07A002"}, {CRN: "N07A001"})
    with pytest.raises(AllocationRefused, match="doesn't name whom"):
        give(posts, "N07A001", "N07A002")


def test_putting_back_and_giving_again_leaves_one_that_stands(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07A001"})
    give(posts, "N07A001", "N07AUTSO")
    give(posts, "N07AUTSO", "N07A002", reason="")
    assert list(Allocation.objects.order_by("pk").values_list("kind", "state")) == [
        ("put-back", "replaced"),
        ("allocated", "standing"),
    ]


def test_undo_takes_case_and_counts_back(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07A001", "X000002": "N07A001"})
    moves = [Move(crn, posts["N07A001"], posts["N07A002"]) for crn in (CRN, "X000002")]
    batch = allocate(moves=moves, reason=WORKLOAD)
    assert counted("N07A002") == [(Sheet.FILTERED, 2), (Sheet.ALL, 2)]
    undone = undo_allocation(batch=batch)
    assert (undone.moved_back, undone.left) == (2, ())
    assert holder() == "N07A001"
    assert counted("N07A002") == []
    assert counted("N07A001") == [(Sheet.FILTERED, 2), (Sheet.ALL, 2)]
    with pytest.raises(AllocationRefused):
        undo_allocation(batch=batch)


def test_undo_leaves_what_has_moved_on(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07A001", "X000002": "N07A001"})
    moves = [Move(crn, posts["N07A001"], posts["N07A002"]) for crn in (CRN, "X000002")]
    batch = allocate(moves=moves, reason=WORKLOAD)
    give(posts, "N07A002", "N07AUTSO")
    assert undo_allocation(batch=batch).moved_back == 1
    assert holder() == "N07AUTSO"
    assert holder("X000002") == "N07A001"


def test_undoing_the_second_of_two_moves_has_the_first_stand_again(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07A001"})
    first, second = give(posts, "N07A001", "N07A002"), give(posts, "N07A002", "N07AUTSO")
    undo_allocation(batch=Allocation.objects.get(batch=second).batch)
    assert holder() == "N07A002"
    assert list(Allocation.objects.order_by("pk").values_list("state", "ended_at")[:1]) == [("standing", None)]
    extract(posts, {CRN: "N07A001"})
    follow_extract()
    assert holder() == "N07A002"
    undo_allocation(batch=Allocation.objects.get(batch=first).batch)
    assert holder() == "N07A001"
    assert set(Allocation.objects.values_list("state", flat=True)) == {"undone"}


def test_a_move_that_was_struck_off_doesnt_stand_again(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07A001"})
    give(posts, "N07A001", "N07A002")
    give(posts, "N07A002", "N07A001")
    extract(posts, {CRN: "N07AUTSO"}, day=DAY + timedelta(days=1))
    follow_extract()
    let_record_stand(allocation_id=Allocation.objects.latest("pk").pk)
    third = give(posts, "N07AUTSO", "N07A002", reason="")
    undo_allocation(batch=Allocation.objects.get(batch=third).batch)
    assert list(Allocation.objects.order_by("pk").values_list("state", flat=True)) == ["replaced", "dropped", "undone"]


def test_an_inactive_case_moves_and_its_filtered_count_does_not(posts: dict[str, int]) -> None:
    snapshot = extract(posts, {CRN: "N07A001"}, is_warrant=True)
    CaseCount.objects.filter(snapshot=snapshot, sheet=Sheet.FILTERED).update(count=5)
    give(posts, "N07A001", "N07A002")
    assert counted("N07A001") == [(Sheet.FILTERED, 5)]
    assert counted("N07A002") == [(Sheet.ALL, 1)]


def test_a_count_that_was_never_there_is_not_taken_from_anybody(posts: dict[str, int]) -> None:
    snapshot = extract(posts, {CRN: "N07A001"})
    CaseCount.objects.filter(snapshot=snapshot, sheet=Sheet.FILTERED).delete()
    give(posts, "N07A001", "N07A002")
    assert counted("N07A002") == [(Sheet.ALL, 1)]


def test_a_tier_put_right_is_counted_there(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07A001"})
    change_tier(crn=CRN, tier=1)
    assert CaseCount.objects.get(sheet=Sheet.FILTERED).tier == 1
    assert TrailEntry.objects.get(kind="caseload.tier_changed").before == {"tier": 6}


def test_a_later_extract_that_agrees_settles_it(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07A001"})
    give(posts, "N07A001", "N07A002")
    extract(posts, {CRN: "N07A002"}, day=DAY + timedelta(days=1))
    follow_extract()
    assert state() == "agreed"
    assert not CaseReceived.objects.exists()


def test_a_later_extract_that_disagrees_is_the_truth_and_the_difference_stays_listed(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07A001"})
    batch = give(posts, "N07A001", "N07A002")
    extract(posts, {CRN: "N07A001"}, day=DAY + timedelta(days=1))
    follow_extract()
    assert holder() == "N07A001"
    assert state() == "standing"
    assert undo_allocation(batch=Allocation.objects.get(batch=batch).batch).moved_back == 0
    assert holder() == "N07A001"
    assert state() == "undone"


def test_a_difference_can_be_struck_off_once_a_later_extract_came(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07A001"})
    give(posts, "N07A001", "N07A002")
    with pytest.raises(AllocationRefused):
        let_record_stand(allocation_id=Allocation.objects.get().pk)
    extract(posts, {CRN: "N07A001"}, day=DAY + timedelta(days=1))
    follow_extract()
    let_record_stand(allocation_id=Allocation.objects.get().pk)
    assert state() == "dropped"


def test_a_case_that_the_next_extract_does_not_name_is_closed(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07A001"})
    give(posts, "N07A001", "N07A002")
    extract(posts, {"X000002": "N07A001"}, day=DAY + timedelta(days=1))
    follow_extract()
    assert state() == "gone"


def test_the_same_day_read_again_gets_what_was_done_since(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07A001"})
    give(posts, "N07A001", "N07A002")
    extract(posts, {CRN: "N07A001"})
    follow_extract()
    assert holder() == "N07A002"
    assert counted("N07A002") == [(Sheet.FILTERED, 1), (Sheet.ALL, 1)]
    assert state() == "standing"


def test_an_extract_put_back_gets_again_what_a_later_one_had_agreed_to(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07A001"})
    give(posts, "N07A001", "N07A002")
    extract(posts, {CRN: "N07A002"}, day=DAY + timedelta(days=1))
    follow_extract()
    extract(posts, {CRN: "N07A001"})
    follow_extract()
    assert holder() == "N07A002"
    assert state() == "standing"


def test_what_an_extract_moved_is_noted(posts: dict[str, int]) -> None:
    extract(posts, {CRN: "N07A001", "X000002": "N07A001"})
    extract(posts, {CRN: "N07A002", "X000002": "N07A001", "X000003": "N07AUTSO"}, day=DAY + timedelta(days=1))
    follow_extract()
    noted = CaseReceived.objects.order_by("crn").values_list("crn", "from_place_id", "place_id", "day")
    tomorrow = DAY + timedelta(days=1)
    assert list(noted) == [
        (CRN, posts["N07A001"], posts["N07A002"], tomorrow),
        ("X000003", None, posts["N07AUTSO"], tomorrow),
    ]
