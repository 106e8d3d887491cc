"""The lines of a working by a stable key, so that somebody can say which one is wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .working import Working

_NOT_A_LETTER: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A line of a working.

    Attributes:
        key: its name in addresses: `cases-community-b2`. It names no case and no person.
        section: the part of the working that it belongs to.
        text: the line as it stands.
    """

    key: str
    section: str
    text: str


def key_of(section: str, label: str) -> str:
    """The key of a line with this label in this part of the working."""
    first = section.split(maxsplit=1)[0]
    return _NOT_A_LETTER.sub("-", f"{first} {label}".lower()).strip("-")


def named_lines(working: Working) -> Iterator[NamedLine]:
    """Every line of a working, the total and what is available too."""
    for section in working.sections:
        for line in section.lines:
            yield NamedLine(key_of(section.title, line.label), section.title, line.text)
    for line in (working.total, working.available):
        yield NamedLine(key_of("Capacity", line.label), "Capacity", line.text)
