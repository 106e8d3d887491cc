"""What the tests of the two commands need."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """`-m "not clean_clone"` leaves out the one that installs everything from nothing."""
    config.addinivalue_line("markers", "clean_clone: installs and starts everything from a clone; takes minutes")
