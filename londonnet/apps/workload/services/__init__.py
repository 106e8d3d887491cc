"""Every write of this application: one transaction and one event each, and the figures follow at once."""

from .history import keep_day, keep_days_that_ended
from .hours import load_hours
from .loading import LoadReport
from .recompute import recompute, recount
from .reductions import load_reductions
from .weights import adopt_weights

__all__ = [
    "LoadReport",
    "adopt_weights",
    "keep_day",
    "keep_days_that_ended",
    "load_hours",
    "load_reductions",
    "recompute",
    "recount",
]
