"""A role is given for a team that there is."""

from datetime import date

import pytest

from londonnet.apps.organisation.rosters import apply_roster
from londonnet.platform.access import services
from londonnet.platform.access.errors import UserRefused
from londonnet.platform.access.models import User
from londonnet.platform.trusts import Trust

from .rosters import roster, row


def manager_of(code: str) -> User:
    return services.create_user(email="new@example.org", name="New", grants=[("team_manager", "team", code)])


def test_a_team_that_nobody_knows_is_refused(in_alpha: Trust) -> None:
    apply_roster(roster(row()), day=date(2026, 11, 2))
    with pytest.raises(UserRefused, match="There is no team XXX"):
        manager_of("XXX")
    assert not User.objects.exists()
    assert manager_of("N07T01").grants.get().scope_code == "N07T01"


def test_before_the_first_extract_nobody_can_tell(in_alpha: Trust) -> None:
    assert manager_of("N07T01").grants.get().scope_code == "N07T01"
