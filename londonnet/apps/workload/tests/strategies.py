"""Random weights and workloads for the property tests of this application."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from londonnet.apps.workload.figures import Staffing
from londonnet.apps.workload.points import Workload
from londonnet.apps.workload.tiers import CELLS, LOCATIONS, Cell
from londonnet.apps.workload.weights import FURTHER_REPORTS, GRADES, INACTIVE_KINDS, FurtherReport, WeightSet

weights_points = st.integers(0, 999)
counts_of_cases = st.dictionaries(
    st.tuples(st.sampled_from(LOCATIONS), st.integers(0, 32)), st.integers(0, 50), max_size=12
)
hours_a_week = st.integers(0, 4800).map(lambda hundredths: Decimal(hundredths) / 100)


def cell_weights() -> st.SearchStrategy[dict[Cell, int]]:
    """Points for all 96 cells."""
    lists = st.lists(weights_points, min_size=len(CELLS), max_size=len(CELLS))
    return lists.map(lambda points: dict(zip(CELLS, points, strict=True)))


def default_hours() -> st.SearchStrategy[dict[str, Decimal | None]]:
    """Hours of the grades; only DMY can have none."""
    return st.fixed_dictionaries(
        {grade: hours_a_week if grade != "DMY" else st.none() | hours_a_week for grade in GRADES}
    )


weight_sets = st.builds(
    WeightSet,
    version=st.integers(1, 10_000),
    valid_from=st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    cases=cell_weights(),
    t2a=cell_weights(),
    sdr=weights_points,
    conversion=weights_points,
    target=st.fixed_dictionaries({grade: st.integers(0, 9999) for grade in GRADES}),
    default_hours=default_hours(),
    inactive_percent=st.fixed_dictionaries({kind: st.integers(0, 100) for kind in INACTIVE_KINDS}),
    support=st.dictionaries(st.from_regex(r"[A-Z]{3}[0-9]{2}", fullmatch=True), weights_points, max_size=8),
    further_reports=st.fixed_dictionaries(
        {kind: st.builds(FurtherReport, points=weights_points, counted=st.booleans()) for kind in FURTHER_REPORTS}
    ),
)

workloads = st.builds(
    Workload,
    cases=counts_of_cases,
    t2a=counts_of_cases,
    inactive_t2a=st.dictionaries(st.sampled_from(INACTIVE_KINDS), counts_of_cases),
    sdr=st.integers(0, 20),
    conversions=st.integers(0, 20),
    further_reports=st.dictionaries(st.sampled_from(FURTHER_REPORTS), st.integers(0, 5)),
    support_done=st.integers(0, 300),
    support_received=st.integers(0, 3000),
)

staffings = st.builds(
    Staffing,
    grade=st.sampled_from((*GRADES, "")),
    own_hours=st.none() | hours_a_week,
    reduction_hours=hours_a_week,
)
