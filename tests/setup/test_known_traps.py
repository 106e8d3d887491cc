"""What bit somebody once, and is easily brought back by a line written in a hurry. Read from the source itself."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from londonnet.config.environment import PROJECT

SOURCES = [path for path in (PROJECT / "londonnet").rglob("*.py") if "tests" not in path.parts]
TEMPLATES = [path for path in (PROJECT / "londonnet").rglob("*.html") if "tests" not in path.parts]
_REMEMBERS = re.compile(r"^\s*@(functools\.)?(lru_cache|cache)\b", re.MULTILINE)
# What these remember is the same for all trusts.
_MAY_REMEMBER = {
    "londonnet/platform/ui/context.py",
    "londonnet/platform/api/mounting.py",  # the API of the installation, from its manifests
    "londonnet/platform/api/description.py",  # and its description
    "londonnet/apps/workload/history_rows.py",  # the days that a text says, from a file being read
}


def _named(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def test_nothing_that_came_from_a_trusts_database_is_remembered_by_a_process() -> None:
    remembering = {_named(path) for path in SOURCES if _REMEMBERS.search(path.read_text())}
    assert remembering == _MAY_REMEMBER


def test_templates_stand_where_djangos_jinja2_looks() -> None:
    assert len(TEMPLATES) > 30
    assert [_named(path) for path in TEMPLATES if "jinja2" not in path.parts] == []


@pytest.mark.parametrize(
    "blocked",
    [r"\sstyle=", r"\son[a-z]+=", r"<style", r"javascript:", r"<script(?![^>]*\b(src|nonce)=)", r"\|\s*safe\b"],
)
def test_no_template_has_what_the_policy_blocks_or_prints_unescaped(blocked: str) -> None:
    assert [_named(path) for path in TEMPLATES if re.search(blocked, path.read_text())] == []


def test_htmx_neither_styles_nor_evaluates() -> None:
    said = "".join(path.read_text() for path in TEMPLATES)
    assert re.search(r"includeIndicatorStyles&?[^,]*false", said)
    assert re.search(r"allowEval&?[^,}]*false", said)


def test_lock_files_name_no_host_to_fetch_from() -> None:
    locks = [*(PROJECT / "requirements").glob("*.txt"), PROJECT / "package-lock.json"]
    assert len(locks) >= 3
    for lock in locks:
        text = lock.read_text()
        assert "--index-url" not in text, lock
        assert '"resolved"' not in text, lock
        assert not re.search(r"^(?!\s*#).*https?://(?!.*fund)", text, re.MULTILINE) or lock.suffix == ".json", lock


@pytest.mark.parametrize("door", ["wsgi", "asgi"])
def test_what_start_up_made_is_kept_out_of_collections(door: str) -> None:
    counting = f"import gc, londonnet.config.{door}; print(gc.get_freeze_count())"
    ran = subprocess.run([sys.executable, "-c", counting], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert int(ran.stdout) > 50_000


def test_the_servers_print_no_address_that_was_asked_for() -> None:
    from londonnet.platform.embedded.commands import services

    commands = {service.name: service.command for service in services()}
    assert "--access-log" not in commands["web"]
    # uvicorn has an access log of its own unless it says warnings only.
    assert "warning" in commands["live"]


def test_postgresql_writes_down_no_row_that_an_error_met() -> None:
    from londonnet.platform.embedded.cluster import DURABLE

    assert DURABLE["log_error_verbosity"] == "terse"
    assert "log_statement" not in DURABLE
    assert "log_min_duration_statement" not in DURABLE
