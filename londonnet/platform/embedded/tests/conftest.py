"""A server of these tests' own, whatever DATABASE_URL says."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from londonnet.platform.embedded.addresses import ServerAddress
from londonnet.platform.embedded.cluster import Cluster
from londonnet.platform.embedded.location import Installation
from londonnet.platform.embedded.postgres import EmbeddedServer
from londonnet.platform.embedded.throwaway import throwaway_home

PROJECT = Path(__file__).resolve().parents[4]
Program = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def embedded() -> Iterator[EmbeddedServer]:
    """A server that isn't running; its data is made by the first who uses it."""
    with throwaway_home() as home:
        yield EmbeddedServer(Cluster(Installation(home), is_durable=False))


@pytest.fixture
def empty(embedded: EmbeddedServer) -> Iterator[ServerAddress]:
    """The same server, running."""
    with embedded.used() as address:
        yield address


@pytest.fixture
def program() -> Iterator[Program]:
    """Starts Python programs and sees to it that none outlives the test."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: object) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", code, *map(str, arguments)]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True, cwd=PROJECT)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
