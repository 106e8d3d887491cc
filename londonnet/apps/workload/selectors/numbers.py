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
    """How people are put together: by which column, and what the rows are called."""

    key: str
    joined: str
    labels: str


_NO_TEAM: Final = "''::text AS team_code, ''::text AS team_name, ''::text AS grade"
_NAME: Final = "coalesce(nullif(trim(practitioner.forename || ' ' || practitioner.surname), ''), practitioner.om_key)"
_BY_GRADE: Final = "coalesce(array_position(ARRAY['PO', 'PSO', 'TPO', 'SPO', 'DMY'], people.grade::text), 9)"


def _by_place(level: str) -> _Grouping:
    joined = f"JOIN organisation_{level} {level} ON {level}.id = people.{level}_id"
    labels = f"max({level}.code) AS code, max({level}.name) AS name, max({level}.search_key) AS sorted, {_NO_TEAM}"
    return _Grouping(f"people.{level}_id", joined, labels)


_GROUPINGS: Final[dict[By, _Grouping]] = {
    "region": _by_place("region"),
    "pdu": _by_place("pdu"),
    "team": _by_place("team"),
    "practitioner": _Grouping(
        "people.place_id",
        """JOIN organisation_practitionerinteam place ON place.id = people.place_id
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
JOIN organisation_team team ON team.id = people.team_id""",
        f"""max(practitioner.om_key) AS code, max({_NAME}) AS name, max(practitioner.sort_key) AS sorted,
    max(team.code) AS team_code, max(team.name) AS team_name, max(people.grade) AS grade""",
    ),
    "grade": _Grouping(
        "people.grade",
        "",
        f"""max(people.grade) AS code, max(people.grade) AS name,
    max({_BY_GRADE})::text AS sorted, {_NO_TEAM}""",
    ),
}
_ORDERS: Final = {
    "name": "sorted",
    "grade": "nullif(grade, '')",
    "team": "nullif(team_name, '')",
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
    rows = by_kind[_ROW] if wanted.by != "grade" else by_kind[_GRADE]
    return Numbers(by_kind[_TOTAL][0], rows, found[0][1], by_kind[_GRADE])


def _statement(everyone: Everyone, wanted: Wanted, counted: Counted) -> str:
    grouping = _GROUPINGS[wanted.by]
    order = f'"{wanted.sort}"' if wanted.sort in counted.sums else _ORDERS.get(wanted.sort, "sorted")
    sums = "".join(f', {expression} AS "{name}"' for name, expression in counted.sums.items())
    shown = "".join(f', "{name}"' for name in counted.sums)
    by_grade = wanted.by == "grade"
    sets = "(people.grade)" if by_grade else f"({grouping.key}), (people.grade)"
    return f"""
WITH {everyone.people},
facts AS MATERIALIZED ({counted.facts.format(only=everyone.only)}),
grouped AS (
    SELECT CASE WHEN grouping(people.grade) = 0 THEN {_GRADE} WHEN grouping({grouping.key}) = 0 THEN {_ROW}
            ELSE {_TOTAL} END AS kind, {grouping.labels}, max({_BY_GRADE}) AS by_grade,
        max(people.grade) AS grade_code,
        count(people.place_id) AS practitioners{sums}
    FROM people {grouping.joined} {"LEFT" if counted.everybody else ""} JOIN facts ON facts.place_id = people.place_id
    GROUP BY GROUPING SETS ({sets}, ())
),
numbered AS (
    SELECT *, count(*) FILTER (WHERE kind = {_GRADE if by_grade else _ROW}) OVER () AS count,
        row_number() OVER (
            PARTITION BY kind
            ORDER BY {order} {"DESC" if wanted.descending else "ASC"} NULLS LAST, sorted, code, team_code
        ) AS number
    FROM grouped
)
SELECT kind, count, coalesce(code, ''), coalesce(name, ''), coalesce(team_code, ''), coalesce(team_name, ''),
    coalesce(grade, ''), practitioners, coalesce(grade_code, ''){shown}
FROM numbered
WHERE kind <> {_ROW} OR (number - 1) / %(size)s
    = least(%(page)s, greatest((count + %(size)s - 1) / %(size)s, 1)) - 1
ORDER BY kind, CASE WHEN kind = {_GRADE} AND {str(not by_grade).lower()} THEN by_grade END, number
"""  # noqa: S608  # our own SQL


def _row(
    names: tuple[str, ...],
    kind: int,
    count: int,
    code: str,
    name: str,
    team_code: str,
    team_name: str,
    grade: str,
    practitioners: int,
    by_code: str,
    *values: Any,
) -> tuple[int, int, NumbersRow]:
    given = dict(zip(names, values, strict=True))
    if kind == _GRADE:
        return kind, count, NumbersRow(by_code, by_code, "", "", by_code, practitioners, given)
    return kind, count, NumbersRow(code, name, team_code, team_name, grade, practitioners, given)
