"""Whoever may not know a personal reason isn't told it by what is refused, whatever they try."""

import pytest

from londonnet.apps.workload import services
from londonnet.apps.workload.errors import StaffingRefused
from londonnet.apps.workload.models import ReductionReason
from londonnet.apps.workload.services import load_reductions
from londonnet.platform.access.policy import NOTHING

from . import building
from .building import ALICE
from .test_by_hand import TODAY, YEAR, added, alice_with_figures, wanted

__all__ = ["alice_with_figures"]
pytestmark = pytest.mark.usefixtures("in_alpha")


def test_trying_each_personal_reason_doesnt_tell_which_one_stands() -> None:
    place_id = building.place(ALICE).pk
    added(hours="1", why="Pregnancy")
    told = set()
    for personal in ReductionReason.objects.filter(kind="personal").values_list("short_name", flat=True):
        with pytest.raises(StaffingRefused) as refused:
            services.add_reduction(place_id=place_id, wanted=wanted("0.1", why=personal), sees_personal=False)
        told.add(refused.value.message)
    assert len(told) == 1
    assert "personal reduction from that day" in told.pop()
    services.add_reduction(place_id=place_id, wanted=wanted(), sees_personal=False)


def test_putting_one_back_and_sending_files_dont_tell_either() -> None:
    names = list(ReductionReason.objects.filter(kind="personal").values_list("short_name", flat=True))
    deleted = services.delete_reduction(version=added(hours="1", why="Pregnancy").pk)
    for guess in ("Pregnancy", next(name for name in names if name != "Pregnancy")):
        other = added(hours="0.1", why=guess)
        with pytest.raises(StaffingRefused, match="a personal reduction from that day"):
            services.put_back_reduction(version=deleted.pk, sees_personal=False)
        services.delete_reduction(version=other.pk)
    rows = [f"{ALICE.om_key},{ALICE.team_code},{name},0.1,{TODAY},{TODAY + YEAR}," for name in names]
    lines = ["om_key,team_code,reason,hours,start,end,notes", *rows]
    report = load_reductions(content="\n".join(lines).encode(), personal=NOTHING)
    assert (report.quarantined, report.loaded, report.ignored) == (len(names), 0, 0)
    assert {problem.reason.partition(":")[0] for problem in report.problems} == {
        "there is a personal reduction from that day already"
    }


def test_no_maximum_tells_which_personal_reason_is_kept() -> None:
    allows_half = "Trade Union Facility Time"
    with pytest.raises(StaffingRefused, match="50% of contracted hours"):
        added(hours="30", why=allows_half)
    ((half, all_and_more),) = {answers_to_who_cant_know(one) for one in (allows_half, "Special Leave", "Pregnancy")}
    assert half == "saved"
    assert all_and_more.startswith("38 hours is more than the 37")


def answers_to_who_cant_know(name: str) -> tuple[str, ...]:
    """What becomes of more than half of the hours, and of more than all; more than half is put back as well."""
    held = services.add_reduction(place_id=building.place(ALICE).pk, wanted=wanted("15", why=name))
    told = []
    for hours in ("30", "38"):
        try:
            held = services.change_reduction(version=held.pk, wanted=wanted(hours), keeps_private=True)
            told.append("saved")
        except StaffingRefused as refused:
            told.append(refused.message)
    deleted = services.delete_reduction(version=held.pk)
    back = services.put_back_reduction(version=deleted.pk, sees_personal=False)
    services.delete_reduction(version=back.pk)
    return tuple(told)
