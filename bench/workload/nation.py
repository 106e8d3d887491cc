"""A trust of national size for the benches: 250,000 cases of 15,000 practitioners, loaded from a workbook."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import monotonic

from django.db import connection

from londonnet.apps.national import services as national
from londonnet.demo.workbook import write_workbook

PRACTITIONERS, CASES = 15_000, 250_000
DAY = date(2026, 11, 20)


def load_nation(workbook: Path | None = None, *, practitioners: int = PRACTITIONERS, cases: int = CASES) -> None:
    """Load a workbook of that size into the trust that is entered; one is made where none is given."""
    with tempfile.TemporaryDirectory() as folder:
        path = workbook or Path(folder, "nation.xlsx")
        if workbook is None:
            write_workbook(path, practitioners=practitioners, cases=cases, seed=3, day=DAY)
        national.load_extract(file=national.receive(path, name=path.name, came_by="command"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def seconds_of(work: Callable[[], object], rounds: int = 9) -> float:
    """The median seconds of a piece of work."""
    took = []
    for _ in range(rounds):
        began = monotonic()
        work()
        took.append(monotonic() - began)
    return median(took)


def say(what: str, figure: str) -> None:
    """A line of the result."""
    print(f"{what:<66} {figure}", flush=True)
