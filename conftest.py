"""Test fixtures of the whole house: a real PostgreSQL, two trusts, and the persons who stand around a record."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import hypothesis
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "londonnet.config.settings")
os.environ.setdefault("LONDONNET_HOME", tempfile.mkdtemp(prefix="londonnet-tests-"))

import django

django.setup()

from django.conf import settings  # noqa: E402  # settings are read first
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.client import ClientHandler  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]  # noqa: E402

from londonnet.platform.trusts import Trust, testkit, trust_scope  # noqa: E402

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

setup_test_environment()
settings.PASSWORD_HASHERS = ["londonnet.platform.access.tests.light.LightHasher"]
# The machine is shared and noisy: an example may take its time.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


_TOGETHER = ("tests/journeys/", "tests/contract/")
_LONGEST_FIRST = ("tests/journeys/", "tests/setup/", "tests/", "londonnet/")
"""Whoever begins with what takes longest isn't waited for at the end."""
# As in a server's process: middleware looks through all static files when it is made.
_HANDLER = ClientHandler(enforce_csrf_checks=False)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order in which files are shared out."""
    items.sort(key=lambda item: next(n for n, begin in enumerate(_LONGEST_FIRST) if item.nodeid.startswith(begin)))


class _ByFile(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """A file goes to one process; so do all journeys, and all of the contract: they share what is costly to start."""

    def _split_scope(self, nodeid: str) -> str:
        own = str(super()._split_scope(nodeid))
        return next((folder for folder in _TOGETHER if nodeid.startswith(folder)), own)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> _ByFile:
    """How the files of a parallel run are shared out."""
    return _ByFile(config, log)


@dataclass
class Statements:
    """What was sent to the database while it was counted."""

    texts: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many statements."""
        return len(self.texts)


@pytest.fixture(scope="session", autouse=True)
def postgres() -> Iterator[None]:
    """A PostgreSQL server: the one that DATABASE_URL names, else one for these tests only."""
    from londonnet.platform.embedded.throwaway import throwaway_server

    with throwaway_server():
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Pages name their styles and scripts by fingerprint, so these are collected first; once for all processes."""
    from londonnet.config.environment import PROJECT
    from londonnet.platform.embedded.locks import alone
    from londonnet.platform.embedded.preparation import collect_static_files

    (PROJECT / "build").mkdir(exist_ok=True)
    with alone(PROJECT / "build" / "static.lock"):
        collect_static_files()


@pytest.fixture(scope="session")
def installation(postgres: None) -> Iterator[testkit.Installation]:
    """The installation with the trusts alpha and beta."""
    with testkit.installation() as made:
        yield made


@pytest.fixture
def _held(installation: testkit.Installation) -> Iterator[None]:
    with testkit.held_connections():
        yield


@pytest.fixture
def alpha(installation: testkit.Installation, _held: None) -> Trust:
    """The default trust; what a test does there is rolled back."""
    return installation.alpha


@pytest.fixture
def beta(installation: testkit.Installation, _held: None) -> Trust:
    """Another trust on the same server."""
    return installation.beta


@pytest.fixture
def in_alpha(alpha: Trust) -> Iterator[Trust]:
    """The test runs inside alpha."""
    with trust_scope(alpha):
        yield alpha


@pytest.fixture
def fresh_trust(installation: testkit.Installation) -> Iterator[Trust]:
    """A trust of its own in which things commit; dropped afterwards."""
    with testkit.clone() as trust:
        yield trust


@pytest.fixture
def nothing_left_by_workers(installation: testkit.Installation) -> Iterator[None]:
    """For tests that start the worker itself: it serves all trusts, and what it did in alpha and beta is taken away."""
    from londonnet.platform.jobs.models import JobState, ScheduleRun

    yield
    for trust in (installation.alpha, installation.beta):
        with trust_scope(trust, as_owner=True):
            JobState.objects.all().delete()
            ScheduleRun.objects.all().delete()


MakeUser = Callable[..., "User"]


@pytest.fixture
def make_user() -> MakeUser:
    """Make a user of a trust, with grants as (role, scope kind, scope code)."""

    def make(
        trust: Trust, email: str, *grants: tuple[str, str, str], staff_key: str = "", password: str | None = None
    ) -> "User":
        from londonnet.platform.access.models import RoleGrant, User

        with _inside(trust):
            user = User.objects.create_user(
                email=email, name=email.partition("@")[0].title(), password=password, staff_key=staff_key
            )
            for role, kind, code in grants:
                RoleGrant.objects.create(user=user, role=role, scope_kind=kind, scope_code=code)
        return user

    return make


@contextmanager
def _inside(trust: Trust) -> Iterator[None]:
    """Inside the trust, whether or not the test is there already."""
    from londonnet.platform.trusts import trust_or_none

    if trust_or_none() == trust:
        yield
        return
    with trust_scope(trust):
        yield


@pytest.fixture
def browse() -> Callable[..., Client]:
    """A browser on a trust's hostname, signed in as a user if one is given."""

    def open_browser(trust: Trust, user: "User | None" = None) -> Client:
        host = "localhost" if trust.is_default else f"{trust.slug}.localhost"
        client = Client(headers={"host": host}, raise_request_exception=False)
        client.handler = _HANDLER
        if user is not None:
            with _inside(trust):
                client.force_login(user)
        return client

    return open_browser


@pytest.fixture
def alice(alpha: Trust, make_user: MakeUser) -> "User":
    """A practitioner, the owner of what is looked at."""
    return make_user(alpha, "alice@example.org", ("practitioner", "own", ""), staff_key="N07A001")


@pytest.fixture
def bob(alpha: Trust, make_user: MakeUser) -> "User":
    """The manager of Alice's team."""
    return make_user(alpha, "bob@example.org", ("team_manager", "team", "N07T01"))


@pytest.fixture
def charlie(alpha: Trust, make_user: MakeUser) -> "User":
    """The manager of another team."""
    return make_user(alpha, "charlie@example.org", ("team_manager", "team", "N07T02"))


@pytest.fixture
def dana(beta: Trust, make_user: MakeUser) -> "User":
    """The manager of a team with the same code, in another trust."""
    return make_user(beta, "dana@example.org", ("team_manager", "team", "N07T01"))


@pytest.fixture
def head(alpha: Trust, make_user: MakeUser) -> "User":
    """The head of service."""
    return make_user(alpha, "head@example.org", ("head_of_service", "trust", ""))


@pytest.fixture
def hr(alpha: Trust, make_user: MakeUser) -> "User":
    """A member of HR."""
    return make_user(alpha, "hr@example.org", ("hr", "trust", ""))


@pytest.fixture
def administrator(alpha: Trust, make_user: MakeUser) -> "User":
    """An administrator."""
    return make_user(alpha, "administrator@example.org", ("administrator", "trust", ""))


@pytest.fixture
def auditor(alpha: Trust, make_user: MakeUser) -> "User":
    """An auditor."""
    return make_user(alpha, "auditor@example.org", ("auditor", "trust", ""))


@pytest.fixture
def count_queries() -> Callable[[], AbstractContextManager[Statements]]:
    """Counts the statements sent to the trust's database, requests of the test's browser included."""

    @contextmanager
    def counting() -> Iterator[Statements]:
        wrapper = connections["default"]
        before, wrapper.force_debug_cursor = wrapper.force_debug_cursor, True
        wrapper.queries_log.clear()
        counted = Statements()
        try:
            yield counted
        finally:
            counted.texts = [entry["sql"] for entry in wrapper.queries_log if entry["sql"] not in ("BEGIN", "COMMIT")]
            wrapper.force_debug_cursor = before

    return counting
