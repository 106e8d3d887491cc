"""The editor of weights as templates print it: grids of cells, and groups of single numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from londonnet.apps.workload.tiers import LOCATIONS, TIERS, tier_name
from londonnet.apps.workload.weight_entries import FIELDS, NEW_CODES, Entries, cell_path, support_fields, texts_of
from londonnet.apps.workload.weight_scaling import PARTS
from londonnet.apps.workload.weights import FURTHER_REPORTS, WeightSet

_FIRST_SUSPENDED: Final = 17
_NOT_TYPED: Final = ("csrfmiddlewaretoken", "action", "within", "look", "name", "percent", "part")


@dataclass(frozen=True, slots=True)
class Cell:
    """A number that can be typed, beside what is in force; `problem` says what is wrong with it."""

    path: str
    label: str
    text: str
    problem: str
    in_force: str
    decimal: bool = False

    @property
    def id(self) -> str:
        """Its id on the page: a path with a dot in it would need escaping in every address and script."""
        return self.path.replace(".", "-")

    @property
    def is_changed(self) -> bool:
        """Whether it isn't what is in force."""
        return self.text != self.in_force


@dataclass(frozen=True, slots=True)
class GridRow:
    """One tier: a cell for each location."""

    tier: str
    cells: tuple[Cell, ...]


def typed_texts(sent: QueryDict) -> dict[str, str]:
    """What was typed into the editor: text by path."""
    return {name: sent.get(name, "") for name in sent if name not in _NOT_TYPED}


def editor_context(entries: Entries, in_force: WeightSet) -> dict[str, Any]:
    """The grids, the groups of numbers and what is wrong, for the editor's template."""
    was = texts_of(in_force)
    cells = {
        field.path: Cell(
            field.path,
            field.label,
            entries.texts.get(field.path, ""),
            entries.problems.get(field.path, ""),
            was.get(field.path, ""),
            field.is_hours,
        )
        for field in (*FIELDS, *support_fields(entries.texts))
    }
    return {
        "grids": [_grid(kind, title, cells) for kind, title in (("cases", "Cases"), ("t2a", "T2A cases"))],
        "groups": _groups(cells),
        "further": [(cells[f"further_reports.{kind}"], f"counted.{kind}") for kind in FURTHER_REPORTS],
        "new_codes": [(_new(f"new_code.{line}", entries), _new(f"new_points.{line}", entries)) for line in NEW_CODES],
        "texts": entries.texts,
        "problems": [(path.replace(".", "-"), said) for path, said in entries.problems.items()],
        "parts": PARTS,
        "locations": [place.capitalize() for place in LOCATIONS],
    }


def _grid(kind: str, title: str, cells: Mapping[str, Cell]) -> dict[str, Any]:
    rows = [
        GridRow(tier_name(tier), tuple(cells[cell_path(kind, (place, tier))] for place in LOCATIONS)) for tier in TIERS
    ]
    suspended = rows[_FIRST_SUSPENDED - 1 :]
    return {
        "kind": kind,
        "title": title,
        "rows": rows[: _FIRST_SUSPENDED - 1],
        "suspended": suspended,
        "open": any(cell.problem or cell.text != "0" for row in suspended for cell in row.cells),
    }


def _groups(cells: Mapping[str, Cell]) -> list[tuple[str, str, str, list[Cell]]]:
    """Groups of single numbers: key, title, hint, numbers."""
    named = (
        ("reports", "Reports", "Points of one report of the last 30 days."),
        ("target", "Targets", "Points that full hours of a grade can carry."),
        ("default_hours", "Full hours", "Hours a week of a grade. With 0 or none, its capacity isn’t measured."),
        ("inactive_percent", "Inactive T2A cases", "The percentage of their points that is kept: 0 none, 100 all."),
        (
            "support",
            "Case-management support",
            "Points that one contact moves, by its code. Blank takes a code out: it counts nothing then.",
        ),
    )
    return [
        (key, title, hint, [cell for path, cell in cells.items() if path.startswith(f"{key}.")])
        for key, title, hint in named
    ]


def _new(path: str, entries: Entries) -> Cell:
    return Cell(path, "", entries.texts.get(path, ""), entries.problems.get(path, ""), "")
