"""Two people change the same reduction at once: one wins, the other is told, and nothing is overwritten."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

from django.utils import timezone

from londonnet.apps.workload import services
from londonnet.apps.workload.errors import ChangedMeanwhile
from londonnet.apps.workload.models import Reduction
from londonnet.apps.workload.selectors import practitioner_rows
from londonnet.platform.trusts import Trust, trust_scope

from . import building
from .building import ALICE, Entry


def test_one_wins_and_the_other_is_told(fresh_trust: Trust) -> None:
    with trust_scope(fresh_trust):
        building.extract({ALICE: Entry()})
        services.recompute(reason="A test")
        held = building.reduction(ALICE, "1", timezone.localdate())
    together = Barrier(2)

    def change(hours: int) -> str:
        with trust_scope(fresh_trust):
            together.wait(timeout=30)
            wanted = services.ReductionWanted(held.reason_id, Decimal(hours), held.first_day, None)
            try:
                return f"{services.change_reduction(version=held.pk, wanted=wanted).hours}"
            except ChangedMeanwhile:
                return "told"

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(change, (2, 3)))
    with trust_scope(fresh_trust):
        in_force = Reduction.objects.get(superseded_by=None)
        assert sorted(said) == [f"{in_force.hours:.0f}", "told"]
        assert in_force.replaces_id == held.pk
        (row,) = practitioner_rows()
        assert row.reduction_hours == in_force.hours
