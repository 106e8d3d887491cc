"""Weights that are only tried, as the parameters of `figures_sql.OF_TRIAL`."""

from collections.abc import Mapping
from typing import Any

from londonnet.apps.workload.tiers import LOCATIONS, TIERS, Cell
from londonnet.apps.workload.weights import GRADES, WeightSet


def trial_parameters(weights: WeightSet) -> dict[str, Any]:
    """What `OF_TRIAL` asks for: each table of weights as one array, in the order of locations and tiers."""
    codes = sorted(weights.support)
    return {
        "case_weights": _in_order(weights.cases),
        "t2a_weights": _in_order(weights.t2a),
        "sdr": weights.sdr,
        "conversion": weights.conversion,
        "grades": list(GRADES),
        "targets": [weights.target[grade] for grade in GRADES],
        "default_hours": [weights.default_hours[grade] for grade in GRADES],
        "support_codes": codes,
        "support_points": [weights.support[code] for code in codes],
    }


def _in_order(table: Mapping[Cell, int]) -> list[int]:
    return [table[place, tier] for place in LOCATIONS for tier in TIERS]
