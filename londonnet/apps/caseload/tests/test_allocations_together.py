"""Two managers give the same case at once: one wins, the other is told, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from londonnet.apps.caseload.errors import CaseMoved
from londonnet.apps.caseload.models import Allocation, Case, CaseCount, Sheet
from londonnet.apps.caseload.services import Move, allocate
from londonnet.apps.organisation.models import PractitionerInTeam
from londonnet.apps.organisation.rosters import apply_roster
from londonnet.apps.organisation.tests.rosters import ALICE, roster
from londonnet.platform.trusts import Trust, trust_scope

from .cases import DAY
from .test_allocations import CRN, extract


def test_one_wins_and_the_other_is_told(fresh_trust: Trust) -> None:
    keys = ("N07A001", "N07A002", "N07AUTSO")
    with trust_scope(fresh_trust):
        apply_roster(roster(*(ALICE | {"om_key": key} for key in keys)), day=DAY)
        posts = dict(PractitionerInTeam.objects.values_list("practitioner__om_key", "pk"))
        extract(posts, {CRN: "N07AUTSO"})
    together = Barrier(2)

    def give(taker: str) -> str:
        with trust_scope(fresh_trust):
            together.wait(timeout=30)
            try:
                allocate(moves=[Move(CRN, posts["N07AUTSO"], posts[taker])])
            except CaseMoved as told:
                return told.words[0]
            return taker

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(give, keys[:2]))
    with trust_scope(fresh_trust):
        winner = Case.objects.get().place.practitioner.om_key
        assert winner in said
        assert any("gave it to" in words and CRN in words for words in said)
        assert Allocation.objects.get().to_place_id == posts[winner]
        counted = CaseCount.objects.filter(sheet=Sheet.FILTERED).values_list("place_id", "count")
        assert list(counted) == [(posts[winner], 1)]
