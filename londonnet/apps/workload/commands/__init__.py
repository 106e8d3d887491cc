"""`londonnet workload …`: figures, weights, hours and reductions from the command line, a file for each group."""

# Importing adds their commands to the group.
from . import allocation, by_hand, figures, history, staffing, weights  # noqa: F401
from .common import workload_group

COMMANDS = [workload_group]

__all__ = ["COMMANDS", "workload_group"]
