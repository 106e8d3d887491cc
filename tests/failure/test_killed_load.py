"""A load whose process is killed with -9: nothing half-done, and it is taken up again and finishes right."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.db.models import Model

from londonnet.apps.caseload.models import Case, CaseCount, CurrentSnapshot, RosterEntry, Snapshot
from londonnet.apps.national import services
from londonnet.apps.national.models import Load
from londonnet.apps.organisation.models import Pdu, Practitioner, PractitionerInTeam, Region, Team
from londonnet.apps.workload.models import FigureRun
from londonnet.apps.workload.selectors import organisation_rows, practitioner_rows
from londonnet.config.environment import ENV, PROJECT
from londonnet.demo.workbook import write_workbook
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.jobs import Job, find
from londonnet.platform.jobs.models import JobState
from londonnet.platform.jobs.tests.following import LONG_ENOUGH, following
from londonnet.platform.trusts import Trust, testkit, trust_scope
from londonnet.platform.trusts.cluster import admin_connection

DAY = date(2026, 11, 20)
WRITTEN: tuple[type[Model], ...] = (
    *(Snapshot, Case, CaseCount, RosterEntry, CurrentSnapshot, Load, FigureRun),
    *(Region, Pdu, Team, Practitioner, PractitionerInTeam),
)


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("weeks")
    made = [folder / f"{week}.xlsx" for week in range(3)]
    for week, path in enumerate(made):
        write_workbook(path, practitioners=40, cases=600, seed=5, day=DAY, week=week)
    return made


@pytest.fixture
def trust(nothing_left_by_workers: None, fresh_trust: Trust, weeks: list[Path]) -> Trust:
    """A trust with the first week's extract in force."""
    _load(fresh_trust, weeks[0])
    return fresh_trust


def _load(trust: Trust, path: Path) -> None:
    with trust_scope(trust):
        services.load_extract(file=services.receive(path, name=path.name, came_by="command"))


def _ask_for_load(trust: Trust, path: Path) -> Job:
    with trust_scope(trust):
        return services.receive_and_enqueue(path, name=path.name, came_by="page")


def _rows(trust: Trust) -> dict[str, list[object]]:
    """Every row that a load writes or changes, as it stands committed."""
    with trust_scope(trust):
        rows: dict[str, list[object]] = {
            model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in WRITTEN
        }
        kinds = ("national.extract_loaded", "workload.recomputed")
        rows["trail"] = list(TrailEntry.objects.filter(kind__in=kinds).order_by("pk").values_list("pk"))
    return rows


def _figures(trust: Trust) -> object:
    with trust_scope(trust):
        return [organisation_rows("team"), practitioner_rows()]


@contextmanager
def writing_barred(trust: Trust) -> Iterator[None]:
    """Nobody can write cases: a load comes as far as its transaction, and no further. Everybody can read."""
    with admin_connection(trust.database) as barrier, barrier.transaction():
        barrier.execute("LOCK TABLE caseload_case IN EXCLUSIVE MODE")
        yield


@contextmanager
def worker_process() -> Iterator["subprocess.Popen[bytes]"]:
    environment = {**os.environ, "LONDONNET_DATABASE_PREFIX": ENV.database_prefix, "LONDONNET_HOME": str(ENV.home)}
    command = [sys.executable, "-m", "londonnet", "worker"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=PROJECT, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(LONG_ENOUGH)


def _child_of(process: "subprocess.Popen[bytes]") -> int:
    found = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=True)
    (child,) = found.stdout.split()
    return int(child)


def _is_taken(trust: Trust, times: int) -> Callable[[Job], bool]:
    def taken(job: Job) -> bool:
        with trust_scope(trust):
            return job.state == "running" and JobState.objects.get(pk=job.id).attempts == times

    return taken


def _is_at(stage: str) -> Callable[[Job], bool]:
    return lambda job: job.stage.startswith(stage)


@pytest.mark.parametrize("stage", ["Reading", "Writing"])
def test_a_load_whose_process_is_killed_leaves_nothing_and_is_done_again(
    trust: Trust, weeks: list[Path], stage: str
) -> None:
    before = _rows(trust)
    with worker_process() as worker, following(trust) as follow:
        with writing_barred(trust):
            job = _ask_for_load(trust, weeks[1])
            follow.until(job, _is_at(stage))
            os.kill(_child_of(worker), signal.SIGKILL)
            follow.until(job, _is_taken(trust, times=2))
            assert _rows(trust) == before
        assert follow.until_over(job).state == "done"
    _is_as_if_never_killed(trust, weeks[:2])


def test_a_load_whose_worker_is_killed_leaves_nothing_and_another_worker_does_it(
    trust: Trust, weeks: list[Path]
) -> None:
    before = _rows(trust)
    with following(trust) as follow:
        with worker_process() as worker, writing_barred(trust):
            job = _ask_for_load(trust, weeks[1])
            follow.until(job, _is_at("Writing"))
            worker.kill()
            worker.wait(LONG_ENOUGH)
            assert _rows(trust) == before
        with trust_scope(trust):
            JobState.objects.update(heartbeat_at="2026-01-01T00:00:00Z")  # as if some time had passed
        with worker_process():
            assert follow.until_over(job).state == "done"
    _is_as_if_never_killed(trust, weeks[:2])


def test_a_second_load_at_the_same_time_waits_for_the_first(trust: Trust, weeks: list[Path]) -> None:
    with worker_process(), following(trust) as follow:
        with writing_barred(trust):
            first, second = (_ask_for_load(trust, path) for path in weeks[1:])
            follow.until(first, _is_at("Writing"))
            with trust_scope(trust):
                assert find(second.id).state == "waiting"
        assert [follow.until_over(job).state for job in (first, second)] == ["done", "done"]
    _is_as_if_never_killed(trust, weeks)


def _is_as_if_never_killed(trust: Trust, paths: list[Path]) -> None:
    """Everything is as in a trust where the same extracts were loaded in peace."""
    with testkit.clone() as peaceful:
        for path in paths:
            _load(peaceful, path)
        assert _figures(trust) == _figures(peaceful)
        for model in (Snapshot, Case, CaseCount, Team, Practitioner, Load):
            assert _count(model, trust) == _count(model, peaceful), model


def _count(model: type[Model], trust: Trust) -> int:
    with trust_scope(trust):
        return model._default_manager.count()
