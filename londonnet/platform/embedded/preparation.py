"""What must be so before the processes start: databases, demo trust, static files.

A process of its own, so that the one which watches over the others needn't hold Django in memory:
`python -m londonnet.platform.embedded.preparation [--no-demo]`
"""

import hashlib
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from londonnet.platform.errors import LondonNetError

# Named and not imported: the demo stands on the top floor, and this is the lowest.
DEMO = "londonnet.demo.build"


def say(line: str) -> None:
    """One line of progress, at once."""
    print(line, flush=True)


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Says what is being done, and how long it took where a person would have noticed."""
    say(f"{doing} …")
    began = monotonic()
    yield
    if (seconds := monotonic() - began) >= 1:
        say(f"  done in {seconds:.1f} s")


def main(arguments: list[str]) -> int:
    """Prepares everything; quick when all is current. Exit status 1 with a message when it can't be."""
    try:
        prepare(with_demo="--no-demo" not in arguments)
    except LondonNetError as error:
        print(error.message, file=sys.stderr)
        return 1
    return 0


def prepare(*, with_demo: bool) -> None:
    """Databases first, for the demo trust lives in one."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "londonnet.config.settings")
    django.setup()
    with step("Checking the databases"):
        _call("londonnet.platform.trusts.provisioning", "prepare_installation")
    if with_demo:
        with step("Checking the demo trust"):
            _call(DEMO, "ensure_demo_trust")
    collect_static_files()


def _call(module: str, name: str) -> None:
    function: Callable[[], object] = getattr(importlib.import_module(module), name)
    function()


def collect_static_files() -> None:
    """Collect only when a source file has changed: comparing takes a few milliseconds."""
    from django.conf import settings
    from django.core.management import call_command

    place = Path(settings.STATIC_ROOT)
    note = place.with_name(f"{place.name}-fingerprint")
    current = _fingerprint()
    if note.exists() and note.read_text() == current and place.exists():
        return
    with step("Collecting styles, scripts and pictures"):
        call_command("collectstatic", interactive=False, verbosity=0)
    note.write_text(current)


def _fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            source = Path(storage.path(name)).stat()
            digest.update(f"{name} {source.st_size} {source.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
