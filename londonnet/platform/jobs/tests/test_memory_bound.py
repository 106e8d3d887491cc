"""A heavy job's process is bounded in memory."""

import subprocess
import sys

_GREEDY = """
from londonnet.platform.jobs.worker.one_job import bound_memory
bound_memory()
try:
    bytearray(700 * 1024 * 1024)
except MemoryError:
    print("refused")
else:
    print("given")
"""


def _tried(megabytes: int) -> str:
    environment = {"LONDONNET_HEAVY_JOB_MEGABYTES": str(megabytes), "PATH": ""}
    command = [sys.executable, "-c", _GREEDY]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout.strip()


def test_what_is_more_than_its_bound_is_refused_and_what_is_less_is_given() -> None:
    assert _tried(500) == "refused"
    assert _tried(4000) == "given"
