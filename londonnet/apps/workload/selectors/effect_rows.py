"""What weights that are tried would do: rows with a before and an after."""

from dataclasses import dataclass
from typing import Final

from londonnet.apps.workload.capacity import Capacity, Note, percent_of

from .organisations import capacity_together
from .rows import OrganisationLevel, Within

STEP: Final = 10
"""Percentage points of capacity in one column of the distribution."""
STEPS: Final = 20
"""How many columns there are before the last one, which has everybody from 200% up."""


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """A team, PDU, region or the part asked for, before and after.

    Attributes:
        region_code, pdu_code, team_code: its own code and those of the places above it; empty below it.
        held_before, held: points held.
        available_before, available: points available.
        above_before, above: how many practitioners-in-team stand above 110%.
        newly_above, no_longer_above: how many pass it upwards and downwards.
        left_before, left: whether anybody has no capacity left, for the note where nothing is available.
    """

    level: OrganisationLevel
    region_code: str
    pdu_code: str
    team_code: str
    name: str
    practitioners: int
    held_before: int
    held: int
    available_before: int
    available: int
    above_before: int
    above: int
    newly_above: int
    no_longer_above: int
    left_before: bool
    left: bool

    @property
    def code(self) -> str:
        """Its own code; empty for the part asked for."""
        return self.team_code or self.pdu_code or self.region_code

    def is_within(self, within: Within) -> bool:
        """Whether it lies inside a part of the trust, and isn't that part itself."""
        if within.level == "trust":
            return self.level != "trust"
        own = {"region": self.region_code, "pdu": self.pdu_code, "team": self.team_code}
        return self.level != within.level and own.get(within.level) == within.code

    @property
    def before(self) -> Capacity:
        """The capacity in force."""
        return capacity_together(self.held_before, self.available_before, any_without_capacity_left=self.left_before)

    @property
    def after(self) -> Capacity:
        """The capacity with the weights that are tried."""
        return capacity_together(self.held, self.available, any_without_capacity_left=self.left)

    @property
    def change(self) -> float | None:
        """By how many percentage points the capacity goes up or down; None where either has none."""
        return _difference(self.before, self.after)


@dataclass(frozen=True, slots=True)
class PersonChange:
    """A practitioner-in-team, before and after."""

    om_key: str
    name: str
    team_code: str
    team_name: str
    grade: str
    held_before: int
    held: int
    available_before: int
    available: int
    note_before: Note | None
    note: Note | None

    @property
    def before(self) -> Capacity:
        """The capacity in force."""
        return _of_one(self.held_before, self.available_before, self.note_before)

    @property
    def after(self) -> Capacity:
        """The capacity with the weights that are tried."""
        return _of_one(self.held, self.available, self.note)

    @property
    def change(self) -> float | None:
        """By how many percentage points the capacity goes up or down; None where either has none."""
        return _difference(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Column:
    """How many practitioners-in-team have a capacity from so many percent up to the next column, before and after."""

    from_percent: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What weights would do to a part of the trust.

    Attributes:
        within: the part.
        whole: all of it together.
        trust: the whole trust; None where that wasn't asked for.
        places: the regions, PDUs and teams inside it.
        columns: the distribution of capacity.
        people: of a team everybody; else those who pass 110%, upwards first, at most a hundred.
    """

    within: Within
    whole: PlaceChange
    trust: PlaceChange | None
    places: tuple[PlaceChange, ...]
    columns: tuple[Column, ...]
    people: tuple[PersonChange, ...]

    def of_level(self, level: OrganisationLevel) -> list[PlaceChange]:
        """The places of one level, by name."""
        return sorted((one for one in self.places if one.level == level), key=lambda one: (one.name, one.code))

    def teams_by_change(self) -> list[PlaceChange]:
        """The teams whose capacity changes, the one that goes up most first."""
        changed = [one for one in self.of_level("team") if one.change]
        return sorted(changed, key=lambda one: -(one.change or 0))


def _of_one(held: int, available: int, note: Note | None) -> Capacity:
    return Capacity(percent_of(held, available), None) if available > 0 else Capacity(None, note or None)


def _difference(before: Capacity, after: Capacity) -> float | None:
    return None if before.percent is None or after.percent is None else after.percent - before.percent
