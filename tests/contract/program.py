"""Running the `londonnet` program as somebody at a terminal does."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """What one run of the program left: its exit code, results (standard output) and messages (standard error)."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The results as JSON; standard output must hold nothing else."""
        return json.loads(self.out)

    def done(self) -> "Ran":
        """The run itself, which must have ended well."""
        assert self.code == 0, f"ended with {self.code}:\n{self.out}\n{self.err}"
        return self


@dataclass(frozen=True)
class Program:
    """The program with the environment that it is given."""

    environment: Mapping[str, str]

    def __call__(self, *arguments: str | Path) -> Ran:
        """Run it to its end."""
        named = Path(sys.executable).with_name("londonnet")
        start = [str(named)] if named.exists() else [sys.executable, "-m", "londonnet"]
        ran = subprocess.run(
            [*start, *map(str, arguments)],
            env=dict(self.environment),
            cwd=PROJECT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    def each(self, *lines: Sequence[str | Path]) -> list[Ran]:
        """Run it several times, two at once: only for commands that don't lean on each other."""
        with ThreadPoolExecutor(2) as two:
            return list(two.map(lambda line: self(*line), lines))


def environment(**own: str) -> dict[str, str]:
    """This machine's environment without anybody's LondonNet settings, and with these."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LONDONNET_", "PG")) and name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    return {**kept, **own}
