"""Folders of the current trust's own."""

import re
from pathlib import Path

from londonnet.config.environment import ENV
from londonnet.platform.errors import LondonNetError

from .scope import current_trust

_PART = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*$")


def root() -> Path:
    """The folder under which the current trust keeps all its files, mode 0700."""
    return _made(ENV.home / "trusts" / current_trust().slug)


def folder(*parts: str) -> Path:
    """A folder of the current trust's own, made if need be, readable by LondonNet only.

    Args:
        parts: plain names, no separators.

    Raises:
        LondonNetError: a part could lead out of the trust's folder.
    """
    path = root()
    for part in parts:
        if not _PART.fullmatch(part):
            raise LondonNetError("A file's place may hold only letters, digits, dots and hyphens.", "bad-file-place")
        path = _made(path / part)
    return path


def _made(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path
