"""Every write of this application: one transaction and one event each, and the figures follow at once."""

from .files import forget_old_files, receive_file, receive_history
from .history import keep_days_that_ended
from .history_loading import load_history
from .hours import load_hours
from .hours_by_hand import hours_version, set_hours
from .keeping import keep_day
from .loading import LoadReport
from .mistakes import answer_mistake, report_mistake, take_mistake_back
from .reasons import Terms, add_reason, set_terms
from .recompute import recompute, recount
from .reductions import load_reductions
from .reductions_by_hand import (
    ReductionWanted,
    add_reduction,
    change_reduction,
    delete_reduction,
    end_reduction,
    put_back_reduction,
)
from .taking_along import take_along
from .weight_drafts import (
    bring_weight_draft_back,
    change_weight_draft,
    draft_again,
    save_weight_draft,
    throw_weight_draft_away,
)
from .weight_proposals import approve_weights, propose_weights, reject_weights, withdraw_weights
from .weights import adopt_weights

__all__ = [
    "LoadReport",
    "ReductionWanted",
    "Terms",
    "add_reason",
    "add_reduction",
    "adopt_weights",
    "answer_mistake",
    "approve_weights",
    "bring_weight_draft_back",
    "change_reduction",
    "change_weight_draft",
    "delete_reduction",
    "draft_again",
    "end_reduction",
    "forget_old_files",
    "hours_version",
    "keep_day",
    "keep_days_that_ended",
    "load_history",
    "load_hours",
    "load_reductions",
    "propose_weights",
    "put_back_reduction",
    "receive_file",
    "receive_history",
    "recompute",
    "recount",
    "reject_weights",
    "report_mistake",
    "save_weight_draft",
    "set_hours",
    "set_terms",
    "take_along",
    "take_mistake_back",
    "throw_weight_draft_away",
    "withdraw_weights",
]
