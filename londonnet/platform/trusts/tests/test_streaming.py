"""Streamed answers, by the server that serves the product: each piece is made inside its own trust."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from londonnet.config.environment import ENV, PROJECT
from londonnet.platform.trusts import Trust, testkit
from londonnet.platform.trusts.tests.streaming_routes import PIECES

STARTS_WITHIN = 60.0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def trusts(installation: testkit.Installation) -> Iterator[tuple[Trust, Trust]]:
    """Two, made before the server starts: it keeps for some seconds what it knows of them."""
    with testkit.clone() as first, testkit.clone() as second:
        yield first, second


@pytest.fixture(scope="module")
def port(trusts: tuple[Trust, Trust]) -> Iterator[int]:
    """One process of granian with one thread, so that everybody's answers share it."""
    on = _free_port()
    program = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(on)]
    site = "londonnet.platform.trusts.tests.streaming_site:application"
    environment = {**os.environ, "LONDONNET_DATABASE_PREFIX": ENV.database_prefix}
    server = subprocess.Popen([*program, "--blocking-threads", "1", site], cwd=PROJECT, env=environment)
    try:
        _wait_for(on, server)
        yield on
    finally:
        server.terminate()
        server.wait(STARTS_WITHIN)


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while server.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise AssertionError("The server didn't start")


def ask(port: int, trust: Trust, path: str) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=STARTS_WITHIN)
    connection.request("GET", path, headers={"Host": f"{trust.slug}.localhost"})
    return connection


def test_each_piece_is_made_inside_its_own_trust(port: int, trusts: tuple[Trust, Trust]) -> None:
    asked = [(trust, ask(port, trust, "/streamed")) for trust in trusts * 3]
    for trust, connection in asked:
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.read().decode().splitlines() == [f"{trust.slug} {trust.database}"] * PIECES
        connection.close()


def test_a_reader_who_goes_away_leaves_nothing_entered(port: int, trusts: tuple[Trust, Trust]) -> None:
    for _ in range(3):
        ask(port, trusts[0], "/streamed").close()
    page = ask(port, trusts[1], "/sign-in").getresponse()
    assert (page.status, page.read().count(b"Sign in") > 0) == (200, True)


def test_what_is_streamed_has_the_headers_of_a_page(port: int, trusts: tuple[Trust, Trust]) -> None:
    answer = ask(port, trusts[0], "/streamed").getresponse()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
