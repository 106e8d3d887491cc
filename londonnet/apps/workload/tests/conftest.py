"""Alpha with an extract in force, as most tests of pages and of the API begin."""

import pytest

from londonnet.apps.workload.services import recompute
from londonnet.platform.trusts import Trust, trust_scope

from . import extracts


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
