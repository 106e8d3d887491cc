import os
import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from londonnet.platform.embedded.ports import PortInUse, check_free, free_port, is_free


@pytest.fixture
def busy_port() -> Iterator[int]:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield listener.getsockname()[1]


def test_a_port_that_is_served_is_not_free(busy_port: int) -> None:
    assert not is_free(busy_port)


def test_a_port_that_only_the_newer_protocol_serves_is_not_free_for_browsers_ask_there_first() -> None:
    with closing(socket.socket(socket.AF_INET6)) as listener:
        try:
            listener.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6 loopback")
        listener.listen()
        assert not is_free(listener.getsockname()[1])


def test_the_message_names_the_program_and_the_way_out(busy_port: int) -> None:
    with pytest.raises(PortInUse) as caught:
        check_free(busy_port, "LONDONNET_WEB_PORT")
    assert f"Port {busy_port} is in use" in caught.value.message
    assert f"(process {os.getpid()})" in caught.value.message
    assert "LONDONNET_WEB_PORT=" in caught.value.message


def test_a_free_port_passes_without_a_word() -> None:
    check_free(free_port(), "LONDONNET_WEB_PORT")


def test_the_nearest_free_port_is_proposed(busy_port: int) -> None:
    proposed = free_port(busy_port)
    assert proposed > busy_port or busy_port > 65485
    assert is_free(proposed)
