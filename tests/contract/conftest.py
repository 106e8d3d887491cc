"""The program, and two trusts made with it: one that is only looked at, and one that is loaded into."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from londonnet.config.environment import ENV
from londonnet.platform.trusts import provisioning, registry, testkit

from .layout import write
from .program import Program, Ran, environment
from .service import hours_csv, reductions_csv, sheets


@pytest.fixture(scope="session")
def program(installation: testkit.Installation) -> Program:
    """The program, on the tests' own installation."""
    return Program(
        environment(
            DATABASE_URL=ENV.database_url or "",
            LONDONNET_HOME=str(ENV.home),
            LONDONNET_DATABASE_PREFIX=installation.prefix,
        )
    )


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small service: its workbook, hours and reductions."""
    folder = tmp_path_factory.mktemp("contract")
    write(folder / "service.xlsx", sheets())
    (folder / "hours.csv").write_text(hours_csv())
    (folder / "reductions.csv").write_text(reductions_csv())
    return folder


MakeTrust = Callable[[str, str], Ran]


@pytest.fixture(scope="session")
def make_trust(program: Program) -> Iterator[MakeTrust]:
    """Makes trusts with the program; they are dropped when the tests are over."""
    made: list[str] = []

    def make(slug: str, name: str) -> Ran:
        made.append(slug)
        return program("trust", "create", slug, "--name", name, "--json")

    yield make
    registry.forget()
    for slug in made:
        provisioning.drop_trust(slug)


@dataclass(frozen=True)
class Loaded:
    """The trust that is only looked at, and what the program said while it was filled."""

    slug: str
    name: str
    created: Ran
    extract: Ran
    hours: Ran
    reductions: Ran


@pytest.fixture(scope="session")
def loaded(program: Program, files: Path, make_trust: MakeTrust) -> Loaded:
    """The small service, loaded through the program."""
    slug, name = "figures", "Figures Probation Service"
    return Loaded(
        slug,
        name,
        created=make_trust(slug, name).done(),
        extract=program("extract", "load", files / "service.xlsx", "--trust", slug, "--json").done(),
        hours=program("workload", "hours", "load", files / "hours.csv", "--trust", slug, "--json").done(),
        reductions=program(
            "workload", "reductions", "load", files / "reductions.csv", "--trust", slug, "--json"
        ).done(),
    )


@pytest.fixture(scope="session")
def spare(program: Program, files: Path, make_trust: MakeTrust) -> str:
    """A trust with the small service in it, for tests that change what is loaded."""
    make_trust("spare", "Spare Probation Service").done()
    program("extract", "load", files / "service.xlsx", "--trust", "spare", "--json").done()
    return "spare"
