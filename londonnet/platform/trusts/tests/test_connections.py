"""What every connection to a trust starts with."""

import psycopg
import pytest

from londonnet.config.environment import ENV
from londonnet.platform.trusts import Trust
from londonnet.platform.trusts.cluster import trust_params


def test_a_statement_that_takes_too_long_is_given_up(alpha: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ENV, "statement_seconds", 1)
    with psycopg.connect(**trust_params(alpha)) as connection, pytest.raises(psycopg.errors.QueryCanceled):
        connection.execute("SELECT pg_sleep(30)")


def test_work_in_the_background_takes_the_time_that_it_needs(alpha: Trust) -> None:
    with psycopg.connect(**trust_params(alpha)) as connection:
        assert connection.execute("SHOW statement_timeout").fetchone() == ("0",)
