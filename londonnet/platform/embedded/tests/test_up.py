import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from londonnet.config.environment import ENV
from londonnet.platform.embedded.commands import up
from londonnet.platform.embedded.locks import FolderLock
from londonnet.platform.embedded.ports import free_port
from londonnet.platform.embedded.sign_ins import SignIn, as_table, keep_sign_ins, kept_sign_ins
from londonnet.platform.errors import LondonNetError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(ENV, "home", tmp_path)
    monkeypatch.setattr(ENV, "web_port", free_port())
    monkeypatch.setattr(ENV, "live_port", free_port())
    return tmp_path


@pytest.fixture
def busy_port() -> Iterator[int]:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield listener.getsockname()[1]


@pytest.mark.parametrize(
    ("name", "setting"), [("web_port", "LONDONNET_WEB_PORT"), ("live_port", "LONDONNET_LIVE_PORT")]
)
def test_a_port_in_use_stops_the_start_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, busy_port: int, name: str, setting: str
) -> None:
    monkeypatch.setattr(ENV, name, busy_port)
    assert f"Port {busy_port} is in use" in _refusal()
    assert setting in _refusal()


def test_a_second_start_on_the_same_data_is_refused(home: Path) -> None:
    with FolderLock(home / "up.lock") as lock:
        lock.keep()
        assert "already running" in _refusal()


def test_starting_over_never_touches_a_server_that_is_not_ours(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setattr(ENV, "database_url", "postgresql://somebody@127.0.0.1/else")
    keep_sign_ins([SignIn("Team manager", "manager@example.org", "kept")])
    assert "DATABASE_URL names another server" in _refusal("--fresh")
    assert kept_sign_ins()


def test_sign_ins_are_kept_for_their_owner_alone(home: Path) -> None:
    made = SignIn("Team manager", "manager@example.org", "a b c")
    keep_sign_ins([made])
    assert kept_sign_ins() == (made,)
    assert (home / "demo-sign-ins.json").stat().st_mode & 0o777 == 0o600


def test_there_are_no_sign_ins_before_the_demo_trust_is_made() -> None:
    assert kept_sign_ins() == ()


def test_sign_ins_are_shown_as_a_table() -> None:
    rows = as_table([SignIn("HR", "hr@example.org", "x"), SignIn("Team manager", "m@example.org", "y")])
    assert rows == ["HR            hr@example.org  x", "Team manager  m@example.org   y"]


def _refusal(*arguments: str) -> str:
    outcome = CliRunner().invoke(up, arguments)
    assert isinstance(outcome.exception, LondonNetError), outcome.output
    return outcome.exception.message
