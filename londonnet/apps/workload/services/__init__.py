"""Every write of this application: one transaction and one event each, and the figures follow at once."""

from .hours import load_hours
from .loading import LoadReport
from .recompute import recompute, recompute_if_day_changed, recount
from .reductions import load_reductions
from .weights import adopt_weights

__all__ = [
    "LoadReport",
    "adopt_weights",
    "load_hours",
    "load_reductions",
    "recompute",
    "recompute_if_day_changed",
    "recount",
]
