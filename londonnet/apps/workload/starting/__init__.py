"""The starting version of the weights and the reduction reasons, as shipped.

They are the public starting values of the Workload Management Tool. A new trust begins with them; every change
after that is a new dated version in the trust's own database.
"""

import json
from pathlib import Path
from typing import Final

from londonnet.apps.workload.reasons import ReductionReason, parse_reasons
from londonnet.apps.workload.weights import FurtherReport, WeightSet
from londonnet.apps.workload.weights_reading import parse_further_reports, parse_weights_text

_HERE: Final = Path(__file__).parent


def starting_weights() -> WeightSet:
    """Version 1 of the weights, in force from 1 April 2026."""
    text = (_HERE / "weights-2026-04-01.json").read_bytes()
    return parse_weights_text(text, further_reports=starting_further_reports())


def starting_further_reports() -> dict[str, FurtherReport]:
    """Parole and ARMS reports: their points, all switched off, because their counts no longer arrive."""
    return parse_further_reports(json.loads((_HERE / "further-reports-2026-04-01.json").read_text("utf-8")))


def starting_reasons() -> tuple[ReductionReason, ...]:
    """The 26 reasons for a reduction of hours that a trust begins with, in the order of the lists on pages."""
    return parse_reasons((_HERE / "reduction-reasons.csv").read_text("utf-8"))
