"""Numbers by practitioner, place or grade, a page of them at a time, with what they come to: one statement each.

A list gives what it counts as `facts`, one row for each practitioner-in-team, and what it shows as sums over them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.db import connection

from .everyone import Everyone, Parameter

By = Literal["region", "pdu", "team", "practitioner", "grade"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows, in which order.

    Attributes:
        by: what a row is about.
        sort: "name", "grade", "team", "practitioners" or one of the numbers; those alike are sorted by name.
        page: from 1; beyond the last it is the last.
        size: rows of a page; 0 for all of them.
    """

    by: By
    sort: str = "name"
    descending: bool = False
    page: int = 1
    size: int = 0


@dataclass(frozen=True, slots=True)
class NumbersRow:
    """The numbers of one practitioner-in-team, place or grade, or of all together.

    Attributes:
        code: of the place or grade; a practitioner's is their om_key.
        team_code: of a practitioner; else empty, and so are the team's name and the grade.
        practitioners: how many practitioners-in-team it has.
        numbers: by the names that were asked for.
    """

    code: str
    name: str
    team_code: str
    team_name: str
    grade: str
    practitioners: int
    numbers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A page of rows, how many rows there are in all, what all of them come to, and each grade by itself."""

    together: NumbersRow
    rows: tuple[NumbersRow, ...]
    count: int
    grades: tuple[NumbersRow, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What a list counts and shows.

    Attributes:
        facts: a statement that gives `place_id` and columns; `{only}` stands where it may be narrowed to the people.
        sums: what is shown, as SQL over `facts` of several people, by name.
        parameters: those of the statement.
        everybody: whether people of whom there are no facts are in it.
    """

    facts: str
    sums: Mapping[str, str]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    everybody: bool = True


@dataclass(frozen=True, slots=True)
class _Grouping:
    """How people are put together.

    Attributes:
        columns: those of `people` that make a group, the first of them its number.
        joined: how what it is called is found from the group.
        labels: its code and name, what it is sorted by, and a practitioner's team and grade.
    """

    columns: str
    joined: str
    labels: str


_NAME: Final = "coalesce(nullif(trim(practitioner.forename || ' ' || practitioner.surname), ''), practitioner.om_key)"
_BY_GRADE: Final = "coalesce(array_position(ARRAY['PO', 'PSO', 'TPO', 'SPO', 'DMY'], grouped.grade::text), 9)"


def _by_place(level: str) -> _Grouping:
    return _Grouping(
        f"people.{level}_id",
        f"JOIN organisation_{level} place ON place.id = grouped.{level}_id",
        "place.code, place.name, place.search_key AS sorted, '' AS team_code, '' AS team_name, '' AS its_grade",
    )


_GROUPINGS: Final[dict[By, _Grouping]] = {
    "region": _by_place("region"),
    "pdu": _by_place("pdu"),
    "team": _by_place("team"),
    "practitioner": _Grouping(
        "people.place_id, people.team_id, people.grade",
        """JOIN organisation_practitionerinteam place ON place.id = grouped.place_id
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
JOIN organisation_team team ON team.id = grouped.team_id""",
        f"""practitioner.om_key AS code, {_NAME} AS name, practitioner.sort_key AS sorted,
    team.code AS team_code, team.name AS team_name, nullif(grouped.grade, '') AS its_grade""",
    ),
    "grade": _Grouping(
        "people.grade",
        "",
        f"grouped.grade AS code, grouped.grade AS name, {_BY_GRADE}::text AS sorted, '' AS team_code,"
        " '' AS team_name, '' AS its_grade",
    ),
}
_ORDERS: Final = {
    "name": "sorted",
    "grade": "its_grade",
    "team": "team_name",
    "practitioners": "practitioners",
}
_EVERY_ROW: Final = 10_000_000
_TOTAL, _GRADE, _ROW = 0, 1, 2
"""What a line of the answer is."""


def numbers(everyone: Everyone, wanted: Wanted, counted: Counted) -> Numbers:
    """A page of the numbers asked for. One query."""
    paging = {"page": wanted.page, "size": wanted.size or _EVERY_ROW}
    with connection.cursor() as cursor:
        cursor.execute(_statement(everyone, wanted, counted), {**everyone.parameters, **counted.parameters, **paging})
        found = [_row(tuple(counted.sums), *row) for row in cursor.fetchall()]
    by_kind = {kind: tuple(row for its_kind, _, row in found if its_kind == kind) for kind in (_TOTAL, _GRADE, _ROW)}
    return Numbers(by_kind[_TOTAL][0], by_kind[_ROW], found[0][1], by_kind[_GRADE])


def _statement(everyone: Everyone, wanted: Wanted, counted: Counted) -> str:
    grouping, own = _GROUPINGS[wanted.by], _GRADE if wanted.by == "grade" else _ROW
    of = f'"{wanted.sort}"' if wanted.sort in counted.sums else _ORDERS.get(wanted.sort, "sorted")
    order = f"{of} {'DESC' if wanted.descending else 'ASC'} NULLS LAST, sorted, code, team_code"
    sums = "".join(f', {expression} AS "{name}"' for name, expression in counted.sums.items())
    shown = "".join(f', "{name}"' for name in counted.sums)
    sets = "" if own == _GRADE else f"({grouping.columns}), "
    return f"""
WITH {everyone.people},
facts AS MATERIALIZED ({counted.facts.format(only=everyone.only)}),
grouped AS MATERIALIZED (
    SELECT {_kind(grouping, own)} AS kind, {_columns(grouping)}, count(people.place_id) AS practitioners{sums}
    FROM people {"LEFT" if counted.everybody else ""} JOIN facts ON facts.place_id = people.place_id
    GROUP BY GROUPING SETS ({sets}(people.grade), ())
),
counts AS (
    SELECT rows, (least(%(page)s, greatest((rows + %(size)s - 1) / %(size)s, 1)) - 1) * %(size)s AS before
    FROM (SELECT count(*) AS rows FROM grouped WHERE kind = {own}) counted
),
page AS (
    SELECT grouped.*, {grouping.labels} FROM grouped {grouping.joined} WHERE kind = {own} ORDER BY {order}
    LIMIT %(size)s OFFSET (SELECT before FROM counts)
)
SELECT kind, (SELECT rows FROM counts), {_BY_GRADE} AS number, coalesce(grouped.grade, ''), coalesce(grouped.grade, ''),
    '', '', coalesce(grouped.grade, ''), practitioners{shown}
FROM grouped WHERE kind < {_ROW}
UNION ALL
SELECT {_ROW}, (SELECT rows FROM counts), row_number() OVER (ORDER BY {order}), code, name, team_code, team_name,
    coalesce(its_grade, ''), practitioners{shown}
FROM page ORDER BY kind, number
"""  # noqa: S608  # our own SQL


def _kind(grouping: _Grouping, own: int) -> str:
    first, _, _ = grouping.columns.partition(",")
    row = "" if own == _GRADE else f"WHEN grouping({first}) = 0 THEN {_ROW} "
    return f"CASE {row}WHEN grouping(people.grade) = 0 THEN {_GRADE} ELSE {_TOTAL} END"


def _columns(grouping: _Grouping) -> str:
    return grouping.columns if "people.grade" in grouping.columns else f"{grouping.columns}, people.grade"


def _row(
    names: tuple[str, ...],
    kind: int,
    count: int,
    _number: int,
    code: str,
    name: str,
    team_code: str,
    team_name: str,
    grade: str,
    practitioners: int,
    *values: Any,
) -> tuple[int, int, NumbersRow]:
    given = dict(zip(names, values, strict=True))
    return kind, count, NumbersRow(code, name, team_code, team_name, grade, practitioners, given)
