"""Readers never see a mixture: during a load, each answer is all of one extract or of the other."""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from django.test import Client

from londonnet.apps.caseload.models import CurrentSnapshot
from londonnet.apps.national import services
from londonnet.apps.workload.selectors import (
    OrganisationLevel,
    OrganisationRow,
    PractitionerRow,
    figures_in_force,
    organisation_rows,
    practitioner_rows,
)
from londonnet.demo.workbook import write_workbook
from londonnet.platform.access.models import User
from londonnet.platform.trusts import Trust, trust_scope
from londonnet.platform.trusts.snapshot import snapshot

T = TypeVar("T")
DAY = date(2026, 11, 20)
WEEKS = 3
LEVELS: tuple[OrganisationLevel, ...] = ("trust", "region", "pdu", "team")

_FORM_TOKEN = re.compile(rb'value="[A-Za-z0-9]{64}"')
"""Another one in every answer, and no figure."""


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("weeks")
    made = [folder / f"{week}.xlsx" for week in range(WEEKS)]
    for week, path in enumerate(made):
        write_workbook(path, practitioners=40, cases=600 + 20 * week, seed=3, day=DAY, week=week)
    return made


@pytest.fixture
def trust(fresh_trust: Trust, weeks: list[Path]) -> Iterator[Trust]:
    _load(fresh_trust, weeks[0])
    yield fresh_trust


def _load(trust: Trust, path: Path) -> None:
    with trust_scope(trust):
        services.load_extract(file=services.receive(path, name=path.name, came_by="command"))


class Loading(threading.Thread):
    """Loads the further weeks, one over the other; the readers go on until it is done."""

    def __init__(self, trust: Trust, paths: list[Path]) -> None:
        super().__init__()
        self._trust, self._paths = trust, paths
        self.failed: list[BaseException] = []

    def run(self) -> None:
        try:
            for path in self._paths:
                _load(self._trust, path)
        except BaseException as error:
            self.failed.append(error)


def _reading_while_loading(trust: Trust, paths: list[Path], read: Callable[[], T]) -> list[T]:
    loading = Loading(trust, paths)
    loading.start()
    seen = []
    while loading.is_alive():
        seen.append(read())
    loading.join()
    assert loading.failed == []
    return [*seen, read()]


def _sums(rows: Sequence[OrganisationRow | PractitionerRow]) -> tuple[int, int]:
    return sum(row.cases for row in rows), sum(row.available for row in rows)


def test_the_sums_of_all_levels_belong_to_one_extract(trust: Trust, weeks: list[Path]) -> None:
    def read() -> date:
        with trust_scope(trust), snapshot():
            figures = figures_in_force()
            assert figures is not None
            assert CurrentSnapshot.objects.get().snapshot_id == figures.snapshot_id
            levels = {_sums(organisation_rows(level, run=figures.run_id)) for level in LEVELS}
            levels.add(_sums(practitioner_rows(run=figures.run_id)))
            assert len(levels) == 1, levels
            return figures.datestamp

    days = _reading_while_loading(trust, weeks[1:], read)
    assert days == sorted(days)
    assert days[0] == DAY < days[-1]


def test_a_page_is_of_one_extract(
    trust: Trust, weeks: list[Path], make_user: Callable[..., User], browse: Callable[..., Client]
) -> None:
    browser = browse(trust, make_user(trust, "head@example.org", ("head_of_service", "trust", "")))

    def read() -> bytes:
        answer = browser.get("/workload/trust?fragment=figures")
        assert answer.status_code == 200
        return _FORM_TOKEN.sub(b"", answer.content)

    pages = _reading_while_loading(trust, weeks[1:], read)
    assert pages[0] != pages[-1]
    assert len(set(pages)) <= WEEKS, "each page is one of those that a quiet trust would show"
