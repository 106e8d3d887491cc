"""Alpha as tests of pages, of the API and of commands find it: with an extract, cases that wait, or days kept."""

import pytest

from londonnet.apps.workload.services import recompute
from londonnet.platform.trusts import Trust, trust_scope

from . import extracts, histories
from . import waiting as cases_that_wait


@pytest.fixture
def loaded(alpha: Trust) -> Trust:
    """Alpha with an extract in force."""
    with trust_scope(alpha):
        extracts.load()
    return alpha


@pytest.fixture
def figures_of_today(loaded: Trust) -> None:
    """Today's hours and reductions are in its figures."""
    with trust_scope(loaded):
        recompute(reason="A test")


@pytest.fixture
def waiting(alpha: Trust) -> Trust:
    """Alpha with cases that wait, and three of Alice's."""
    with trust_scope(alpha):
        cases_that_wait.load()
    return alpha


@pytest.fixture
def kept(alpha: Trust) -> Trust:
    """Alpha with forty days of the same figures."""
    with trust_scope(alpha):
        histories.weeks_kept()
    return alpha
