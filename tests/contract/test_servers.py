"""Commands with LondonNet's own PostgreSQL: they start it for as long as they need it, and share one that runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from londonnet.config.environment import ENV
from londonnet.platform.embedded.cluster import Cluster
from londonnet.platform.embedded.location import Installation
from londonnet.platform.embedded.postgres import EmbeddedServer
from londonnet.platform.embedded.throwaway import throwaway_home

from . import oracle
from .program import Program, Ran, environment


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """The folder of an installation of its own."""
    with throwaway_home() as folder:
        yield folder


@pytest.fixture(scope="module")
def cluster(home: Path) -> Cluster:
    """That installation's PostgreSQL."""
    return Cluster(Installation(home), ENV.postgres)


@pytest.fixture(scope="module")
def alone(home: Path) -> Program:
    """The program without a DATABASE_URL."""
    return Program(environment(LONDONNET_HOME=str(home), LONDONNET_POSTGRES=ENV.postgres))


@pytest.fixture(scope="module")
def first_runs(alone: Program, files: Path) -> list[Ran]:
    """A trust made and loaded on a machine on which nothing runs."""
    return [
        alone("trust", "create", "solo", "--name", "Solo", "--json"),
        alone("extract", "load", files / "service.xlsx", "--trust", "solo", "--json"),
    ]


def test_without_a_server_each_command_runs_its_own_and_stops_it(first_runs: list[Ran], cluster: Cluster) -> None:
    created, loaded = (ran.done().json for ran in first_runs)
    assert created["slug"] == "solo"
    assert loaded["unchanged"] is False
    assert cluster.address() is None
    assert not (cluster.installation.data / "postmaster.pid").exists()


def test_with_a_running_server_a_command_uses_it_and_leaves_it_running(
    first_runs: list[Ran], alone: Program, cluster: Cluster
) -> None:
    process = cluster.installation.data / "postmaster.pid"
    with EmbeddedServer(cluster).used() as address:
        running = process.read_text().splitlines()[0]
        (row,) = alone("workload", "show", "--trust", "solo", "--by", "trust", "--json").done().json
        assert process.read_text().splitlines()[0] == running
        assert cluster.address() == address
    assert len(first_runs) == 2
    assert row["cases"] == sum(figure["cases"] for figure in oracle.practitioners().values())
    assert cluster.address() is None
