"""A form about one's own reduction that names somebody else's: what counts is the reduction of the address."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from londonnet.apps.workload import services
from londonnet.apps.workload.models import Reduction
from londonnet.apps.workload.tests import building, extracts
from londonnet.apps.workload.tests.building import ALICE
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

OTHERS = building.key("N07A006", "N07T02")


def _sent(theirs: Reduction) -> dict[str, Any]:
    """Whatever any of the forms asks for, with their number as the version that was read."""
    first, last = theirs.first_day, timezone.localdate() + timedelta(days=30)
    days = {"first_day": first.isoformat(), "last_day": last.isoformat(), "last_day_was": last.isoformat()}
    reason = {"reason": theirs.reason_id, "filled_for": theirs.reason_id, "hours": "2"}
    return {**days, **reason, "version": theirs.pk, "form_key": "00000000-0000-4000-8000-000000000009"}


@pytest.mark.parametrize("act", ["end", "delete", "put-back", "change"])
def test_a_manager_cant_change_another_teams_reduction_through_one_of_their_own(
    alpha: Trust, browse: Callable[..., Client], bob: "User", act: str
) -> None:
    with trust_scope(alpha):
        extracts.load()
        services.recompute(reason="A test")
        own = building.reduction(ALICE, "1", timezone.localdate() - timedelta(days=9))
        others = building.reduction(OTHERS, "1", timezone.localdate() - timedelta(days=9))
        if act == "put-back":
            Reduction.objects.update(deleted_at=timezone.now())
        before = set(Reduction.objects.values_list("pk", flat=True))
    browse(alpha, bob).post(f"/workload/reductions/{own.pk}/{act}", _sent(others))
    with trust_scope(alpha):
        assert set(Reduction.objects.values_list("pk", flat=True)) == before
        assert not Reduction.objects.exclude(superseded_by=None).exists()
