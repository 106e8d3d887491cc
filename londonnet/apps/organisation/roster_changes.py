"""What a roster changed, against the one before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

NAMES_KEPT: Final = 200
"""How many are named of each kind of change: enough to look through, whatever the size of the trust."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that changed.

    Args:
        code: om_key, or code of the place.
        name: as people read it now.
        detail: what changed, in words; may be empty.
    """

    code: str
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """How many changed, and the first of them by name."""

    count: int = 0
    first: tuple[Changed, ...] = ()

    @classmethod
    def of(cls, changed: Iterable[Changed]) -> "Changes":
        """Count them and keep the first by name."""
        every = sorted(changed, key=lambda one: (one.name.casefold(), one.code))
        return cls(len(every), tuple(every[:NAMES_KEPT]))

    def as_json(self) -> dict[str, object]:
        """Plain JSON for the load's report."""
        first = [{"code": one.code, "name": one.name, "detail": one.detail} for one in self.first]
        return {"count": self.count, "first": first}


@dataclass(frozen=True, slots=True)
class RosterChange:
    """What a roster says, and what it changed.

    Args:
        day: the day that the roster describes.
        practitioners: how many people it names.
        places: how many practitioners-in-team it names.
        practitioners_new: people who were never named before.
        practitioners_back: people who had left and are named again.
        practitioners_left: people whom it names in no team any more.
        practitioners_moved: people who left one team and joined another.
        teams_new: teams that were never named before.
        teams_gone: teams that had staff and have none now.
        places_moved: PDUs that changed region and teams that changed PDU.
        renamed: people and places whose name changed.
    """

    day: date
    practitioners: int
    places: int
    practitioners_new: Changes
    practitioners_back: Changes
    practitioners_left: Changes
    practitioners_moved: Changes
    teams_new: Changes
    teams_gone: Changes
    places_moved: Changes
    renamed: Changes

    def as_json(self) -> dict[str, object]:
        """Plain JSON for the load's report."""
        counted = {
            name: getattr(self, name).as_json() for name in self.__slots__ if isinstance(getattr(self, name), Changes)
        }
        return {
            "day": self.day.isoformat(),
            "practitioners": self.practitioners,
            "places": self.places,
            **counted,
        }
