"""The names of this application's permissions, as pages, programs and services ask for them."""

from typing import Final

VIEW: Final = "workload.view"
PERSONAL: Final = "workload.personal_reductions"
SEE: Final = "workload.reductions"
HOURS: Final = "workload.hours"
REASONS: Final = "workload.reasons"
TRY: Final = "workload.try_weights"
WEIGHTS: Final = "workload.weights"
LOAD_HISTORY: Final = "workload.load_history"
