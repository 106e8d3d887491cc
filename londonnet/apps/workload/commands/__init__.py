"""`londonnet workload …`: figures, weights, hours and reductions from the command line, a file for each group."""

from . import allocation, by_hand, figures, staffing, weights  # noqa: F401  # importing adds their commands to the group
from .common import workload_group

COMMANDS = [workload_group]

__all__ = ["COMMANDS", "workload_group"]
