"""Memory of a worker over twenty loads: it must stay flat.

    .venv/bin/python -m londonnet.platform.embedded.throwaway .venv/bin/python -m bench.workload.memory

Twenty different workbooks, small to medium, loaded one after the other by one process as a worker's is: the loads
themselves, not only what starts them. Printed is what the process holds after each.
"""

import gc
import os
import tempfile
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "londonnet.config.settings")
os.environ.setdefault("LONDONNET_HOME", tempfile.mkdtemp(prefix="londonnet-bench-"))

import django

django.setup()

from bench.workload.nation import say  # noqa: E402
from londonnet.apps.national import services as national  # noqa: E402
from londonnet.demo.workbook import write_workbook  # noqa: E402
from londonnet.platform.trusts import testkit, trust_scope  # noqa: E402

LOADS = 20
SETTLED = 5
"""Loads after which a process has all that it needs: caches, pools, arenas."""
SIZES = ((400, 8_000), (800, 14_000), (600, 10_000), (1_000, 18_000))
FIRST_DAY = date(2026, 10, 1)


def main() -> None:
    """Load twenty times and print the memory after each."""
    held: list[float] = []
    with testkit.installation() as made, tempfile.TemporaryDirectory() as folder, trust_scope(made.alpha):
        for number in range(LOADS):
            _load(Path(folder, f"extract-{number}.xlsx"), number)
            held.append(_megabytes())
            say(f"after load {number + 1}", f"{held[-1]:.0f} MB")
    settled = held[SETTLED - 1 :]
    grown = settled[-1] - settled[0]
    say(f"grown from load {SETTLED} to load {LOADS}", f"{grown:+.0f} MB, {100 * grown / settled[0]:+.1f}%")


def _load(path: Path, number: int) -> None:
    practitioners, cases = SIZES[number % len(SIZES)]
    day = FIRST_DAY + timedelta(days=number)
    write_workbook(path, practitioners=practitioners, cases=cases, seed=number, day=day)
    national.load_extract(file=national.receive(path, name=path.name, came_by="command"), force=True)
    path.unlink()
    gc.collect()


def _megabytes() -> float:
    """What the process holds now, not at its peak."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_048_576


if __name__ == "__main__":
    main()
