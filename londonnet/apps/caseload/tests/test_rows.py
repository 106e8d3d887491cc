"""What the tables themselves refuse."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from londonnet.apps.caseload.models import CaseCount, CurrentSnapshot, Snapshot
from londonnet.platform.trusts import Trust


def snapshot() -> Snapshot:
    return Snapshot.objects.create(datestamp=date(2026, 11, 20), digest="0" * 64)


@pytest.mark.parametrize(("tier", "count"), [(6, 0), (6, -1), (33, 1), (-1, 1)])
def test_only_counts_that_are_not_zero_of_known_tiers_are_kept(in_alpha: Trust, tier: int, count: int) -> None:
    row = {"snapshot": snapshot(), "sheet": 1, "place_id": 1, "location": 1}
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseCount.objects.create(**row, tier=tier, count=count)
    CaseCount.objects.create(**row, tier=6, count=1)


def test_there_is_one_pointer(in_alpha: Trust) -> None:
    CurrentSnapshot.objects.create(snapshot=snapshot())
    with pytest.raises(IntegrityError), transaction.atomic():
        CurrentSnapshot.objects.create(id=2, snapshot=snapshot())
