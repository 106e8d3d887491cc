"""What happens when something goes away."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from londonnet.config.environment import ENV
from londonnet.platform.live.tests.listening import LONG_ENOUGH, OpenPage, change, hostname
from londonnet.platform.trusts import Trust
from londonnet.platform.trusts.cluster import admin_connection, trust_params


def test_after_the_database_went_away_pages_are_told_to_look_again_and_hear_on(
    port: int, fresh_trust: Trust, session: str, topics: list[str]
) -> None:
    with OpenPage(port, hostname(fresh_trust), *topics, session=session) as page:
        page.catch_up()
        _cut_off(fresh_trust)
        assert page.changes_until(sorted(topics)[-1]) == sorted(topics)
        change(fresh_trust, topics[1])
        assert page.changes_until(topics[1]) == [topics[1]]


def _cut_off(trust: Trust) -> None:
    """Cut every listening connection of a trust, as a restart of the server does."""
    with admin_connection() as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND query LIKE 'LISTEN%%'",
            [trust.database],
        )


def test_a_notification_that_is_not_as_it_should_be_harms_nobody(
    port: int, fresh_trust: Trust, session: str, topics: list[str]
) -> None:
    with OpenPage(port, hostname(fresh_trust), *topics, session=session) as page:
        with psycopg.connect(**trust_params(fresh_trust), autocommit=True) as connection:
            for odd in ("", "nonsense", "{}", "[1, null]", '"jobs:*"'):
                connection.execute("SELECT pg_notify('londonnet_live', %s)", [odd])
        change(fresh_trust, topics[1])
        assert topics[1] in page.changes_until(topics[1])


def test_on_sigterm_pages_are_told_and_the_process_ends(
    fresh_trust: Trust, session: str, topics: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LONDONNET_DATABASE_PREFIX", ENV.database_prefix)
    with socket.create_server(("127.0.0.1", 0)) as free:
        command = [sys.executable, "-m", "uvicorn", "--fd", str(free.fileno()), "londonnet.config.asgi:application"]
        process = subprocess.Popen(
            [*command, "--log-level", "warning"],
            pass_fds=[free.fileno()],
            cwd=Path(__file__).parents[4],
            env={**os.environ},
        )
        try:
            with OpenPage(free.getsockname()[1], hostname(fresh_trust), *topics, session=session) as page:
                process.send_signal(signal.SIGTERM)
                heard = page.hear()
                while heard.name == "changed":
                    heard = page.hear()
                assert heard.name == "stopping"
                assert page.hear().name == ""
            assert process.wait(LONG_ENOUGH) in (0, -signal.SIGTERM)
        finally:
            process.kill()
            process.wait()
