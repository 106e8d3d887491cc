"""Runs of figures: which one readers see, which are kept, and with how much work one is made."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Protocol

import pytest
from django.db import connection, transaction

from londonnet.apps.workload.models import CurrentFigures, Figure, FigureRun
from londonnet.apps.workload.selectors import (
    figures_in_force,
    organisation_rows,
    practitioner_rows,
    working_of,
)
from londonnet.apps.workload.services import recompute
from londonnet.apps.workload.support import SupportContact

from . import building
from .building import ALICE, B2, DATESTAMP, DAY, Entry, key

pytestmark = pytest.mark.usefixtures("in_alpha")


class Counted(Protocol):
    """What `count_queries` gives."""

    @property
    def count(self) -> int: ...


CountQueries = Callable[[], AbstractContextManager[Counted]]


def test_a_failure_after_the_switch_leaves_the_last_figures() -> None:
    building.extract({ALICE: Entry({B2: 1})})
    recompute(reason="A test", day=DAY)
    before = figures_in_force()
    with pytest.raises(RuntimeError), transaction.atomic():
        building.extract({ALICE: Entry({B2: 9})})
        recompute(reason="A test", day=DAY)
        raise RuntimeError
    assert figures_in_force() == before
    assert practitioner_rows()[0].points.total == 115


def test_only_the_run_in_force_and_the_one_before_are_kept() -> None:
    building.extract({ALICE: Entry()})
    runs = [run.pk for _ in range(4) if (run := recompute(reason="A test", day=DAY))]
    assert CurrentFigures.objects.get().run_id == runs[-1]
    assert list(FigureRun.objects.order_by("id").values_list("id", flat=True)) == runs[-2:]
    assert Figure.objects.count() == 2


def test_a_reader_of_the_run_before_reads_it_to_the_end() -> None:
    building.extract({ALICE: Entry({B2: 1})})
    before = recompute(reason="A test", day=DAY)
    assert before is not None
    building.extract({ALICE: Entry({B2: 9})})
    recompute(reason="A test", day=DAY)
    assert practitioner_rows(run=before.pk)[0].points.total == 115
    assert organisation_rows("trust", run=before.pk)[0].points.total == 115


def test_the_number_of_statements_does_not_grow_with_the_trust(count_queries: CountQueries) -> None:
    counts = []
    for size in (2, 40):
        people = [key(f"N07B{n:03}", f"N07T{n % 7:02}") for n in range(size)]
        contacts = [SupportContact(DATESTAMP, "CMS01", who, people[0]) for who in people]
        building.extract({who: Entry({B2: 3}, {B2: 1}) for who in people}, contacts)
        with count_queries() as counted:
            recompute(reason="A test", day=DAY)
        counts.append(counted.count)
    assert counts[0] == counts[1] <= 16


def test_every_read_takes_a_fixed_number_of_queries(count_queries: CountQueries) -> None:
    reads: dict[str, Callable[[], object]] = {
        "practitioners": practitioner_rows,
        "teams": lambda: organisation_rows("team"),
        "working": lambda: working_of("N07B000", "N07T00"),
    }
    counts = []
    for size in (2, 40):
        people = [key(f"N07B{n:03}", f"N07T{n % 7:02}") for n in range(size)]
        for who in people:
            building.reduction(who, "1", date(2026, 1, 1) + timedelta(days=size))
        building.extract({who: Entry({B2: 3, ("licence", size % 32): 1}) for who in people})
        recompute(reason="A test", day=DAY)
        counts.append({name: _counted(read, count_queries) for name, read in reads.items()})
    assert counts[0] == counts[1]
    assert counts[0]["practitioners"] == counts[0]["teams"] == 1
    assert counts[0]["working"] <= 12


def _counted(read: Callable[[], object], count_queries: CountQueries) -> int:
    with count_queries() as counted:
        read()
    return counted.count


def test_the_planning_settings_of_the_caller_are_given_back() -> None:
    def settings() -> tuple[str, ...]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('work_mem'), current_setting('enable_nestloop'), current_setting('jit')"
            )
            return tuple(cursor.fetchone())

    before = settings()
    building.extract({ALICE: Entry()})
    recompute(reason="A test", day=DAY)
    assert settings() == before
