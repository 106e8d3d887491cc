"""Allocation as programs and the command line print it."""

from typing import Any

from londonnet.apps.workload.moves import Effect
from londonnet.apps.workload.selectors.allocation.batches import Batch
from londonnet.apps.workload.selectors.allocation.candidates import Candidate
from londonnet.apps.workload.selectors.allocation.cases import OpenCase
from londonnet.apps.workload.selectors.allocation.moved import End, Moved


def case_json(case: OpenCase) -> dict[str, Any]:
    """A case that can be given to somebody."""
    return {
        "crn": case.crn,
        "tier": case.tier,
        "location": case.location.lower(),
        "flags": [flag.name for flag in case.flags],
        "held_by": {"om_key": case.om_key, "team_code": case.team_code},
        "waits": case.waits,
        "since": case.since.isoformat() if case.since else None,
    }


def candidate_json(who: Candidate, effect: Effect) -> dict[str, Any]:
    """Somebody who could be given cases, with their workload now and after."""
    return {
        "om_key": who.om_key,
        "team_code": who.team_code,
        "name": who.name,
        "grade": who.grade,
        "cases_now": effect.cases_now,
        "cases_after": effect.cases_after,
        "points_now": effect.points_now,
        "points_after": effect.points_after,
        "available": effect.available,
        "capacity_now": effect.capacity_now,
        "capacity_after": effect.capacity_after,
        "capacity_note": who.note or None,
        "contracted_hours": None if who.contracted_hours is None else float(who.contracted_hours),
        "reduction_hours": float(who.reduction_hours),
        "received_last_7_days": who.received,
        "hours_again_on": who.hours_again.isoformat() if who.hours_again else None,
    }


def part_json(case: OpenCase, taker: Candidate | None) -> dict[str, Any]:
    """A case of a spread, and who is to get it; None where it stays."""
    return {
        "crn": case.crn,
        "held_by": {"om_key": case.om_key, "team_code": case.team_code},
        "to": {"om_key": taker.om_key, "team_code": taker.team_code} if taker else None,
    }


def moved_json(moved: Moved) -> dict[str, Any]:
    """One case that was moved here, and what the national record says."""
    return {
        "id": moved.allocation_id,
        "batch": str(moved.batch),
        "crn": moved.crn,
        "kind": moved.kind.value,
        "state": moved.state.value,
        "giver": _end(moved.giver),
        "taker": _end(moved.taker),
        "is_compared": moved.is_compared,
        "record": moved.holder or None,
        "reason": moved.reason,
        "notes": moved.notes,
        "made_at": moved.made_at.isoformat(),
        "made_by": moved.made_by,
    }


def batch_json(batch: Batch) -> dict[str, Any]:
    """What was moved together."""
    return {
        "batch": str(batch.batch),
        "kind": batch.kind.value,
        "cases": batch.cases,
        "standing": batch.standing,
        "givers": list(batch.givers),
        "takers": list(batch.takers),
        "reason": batch.reason,
        "made_at": batch.made_at.isoformat(),
        "made_by": batch.made_by,
    }


def _end(end: End) -> dict[str, str]:
    return {"om_key": end.om_key, "team_code": end.team_code, "name": end.name}
