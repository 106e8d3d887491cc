"""`londonnet workload …`: what the pages show and do, from the command line; a file for each noun."""

# Importing adds their commands to the group.
from . import (  # noqa: F401
    allocation,
    allocation_effects,
    allocation_lists,
    figures,
    history,
    hours,
    mistakes,
    numbers,
    people,
    reasons,
    reductions,
    staffing,
    staffing_effects,
    weight_drafts,
    weight_proposals,
    weights,
)
from .common import workload_group

COMMANDS = [workload_group]

__all__ = ["COMMANDS", "workload_group"]
