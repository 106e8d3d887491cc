"""The statement of a page of numbers: people put together, what they come to, and the rows of the page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .everyone import Everyone
from .practitioner_sql import NAME, NOBODYS_NUMBERS

if TYPE_CHECKING:
    from .numbers import By, Counted, Wanted


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


_BY_GRADE: Final = "coalesce(array_position(ARRAY['PO', 'PSO', 'TPO', 'SPO', 'DMY'], grouped.grade::text), 9)"


def _by_place(level: str) -> _Grouping:
    return _Grouping(
        f"people.{level}_id",
        f"JOIN organisation_{level} place ON place.id = grouped.{level}_id",
        "place.code, place.name, place.search_key AS sorted, '' AS team_code, '' AS team_name, '' AS its_grade",
    )


_GROUPINGS: Final[dict["By", _Grouping]] = {
    "region": _by_place("region"),
    "pdu": _by_place("pdu"),
    "team": _by_place("team"),
    "practitioner": _Grouping(
        "people.place_id, people.team_id, people.grade",
        """JOIN organisation_practitionerinteam place ON place.id = grouped.place_id
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
JOIN organisation_team team ON team.id = grouped.team_id""",
        f"""practitioner.om_key AS code, {NAME} AS name, practitioner.sort_key AS sorted,
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
_COUNTS: Final = """
counts AS (
    SELECT rows, coalesce(
        %(start)s::int, (least(%(page)s, greatest((rows + %(size)s - 1) / %(size)s, 1)) - 1) * %(size)s
    ) AS before
    FROM (SELECT count(*) AS rows FROM {rows}) counted
)"""
_OF_CHOSEN: Final = "AND place_id = ANY(ARRAY(SELECT place_id FROM chosen))"
# A post for cases that nobody has isn't counted as somebody; what it holds is.
_PRACTITIONERS: Final = f"count(people.place_id) FILTER (WHERE people.place_id NOT IN ({NOBODYS_NUMBERS}))"
TOTAL, GRADE, ROW = 0, 1, 2
"""What a line of the answer is."""


def statement(everyone: Everyone, wanted: "Wanted", counted: "Counted") -> str:
    """All together, each grade, and the page of rows that is wanted."""
    if wanted.by == "practitioner" and wanted.size and counted.everybody:
        return _page_of_people(everyone, wanted, counted)
    grouping, own = _GROUPINGS[wanted.by], GRADE if wanted.by == "grade" else ROW
    order = _order(wanted, f'"{wanted.sort}"' if wanted.sort in counted.sums else "")
    sets = "" if own == GRADE else f"({grouping.columns}), "
    return f"""
WITH {everyone.people},
facts AS MATERIALIZED ({counted.of(everyone, wanted.by)}),
grouped AS MATERIALIZED (
    SELECT {_kind(grouping, own)} AS kind, {_columns(grouping)}, {_PRACTITIONERS} AS practitioners,
        {_sums(counted)}
    FROM people {"LEFT" if counted.everybody else ""} JOIN facts ON facts.place_id = people.place_id
    GROUP BY GROUPING SETS ({sets}(people.grade), ())
),
{_COUNTS.format(rows=f"grouped WHERE kind = {own}")},
page AS (
    SELECT grouped.*, {grouping.labels} FROM grouped {grouping.joined} WHERE kind = {own} ORDER BY {order}
    LIMIT %(size)s OFFSET (SELECT before FROM counts)
)
{_answer(counted, order)}
"""  # noqa: S608  # our own SQL


def _page_of_people(everyone: Everyone, wanted: "Wanted", counted: "Counted") -> str:
    """The same where rows are people and only some are shown: what is shown of them is summed for these alone."""
    grouping, by_number = _GROUPINGS["practitioner"], wanted.sort in counted.sums
    order = _order(wanted, "value" if by_number else "")
    return f"""
WITH people AS MATERIALIZED (SELECT place_id, team_id, grade FROM ({everyone.inline}) everyone),
facts AS MATERIALIZED ({counted.of(everyone, "grade")}),
grades AS MATERIALIZED (SELECT people.grade, {_PRACTITIONERS} AS practitioners FROM people GROUP BY people.grade),
grouped AS MATERIALIZED (
    SELECT CASE WHEN grouping(grades.grade) = 0 THEN {GRADE} ELSE {TOTAL} END AS kind, grades.grade,
        CASE WHEN grouping(grades.grade) = 0 THEN max(grades.practitioners)
            ELSE (SELECT coalesce(sum(practitioners), 0) FROM grades) END AS practitioners, {_sums(counted)}
    FROM grades LEFT JOIN (
        SELECT people.grade AS its_grade, facts.* FROM facts JOIN people ON people.place_id = facts.place_id
    ) facts ON facts.its_grade = grades.grade
    GROUP BY GROUPING SETS ((grades.grade), ())
),
{_COUNTS.format(rows="people")},
{_first_by_number(everyone, wanted, counted) if by_number else ""}
chosen AS MATERIALIZED (
    SELECT grouped.place_id, (grouped.place_id NOT IN ({NOBODYS_NUMBERS}))::integer AS practitioners,
        {grouping.labels}{", value" if by_number else ""}
    FROM people grouped {grouping.joined} {"JOIN valued ON valued.place_id = grouped.place_id" if by_number else ""}
    ORDER BY {order} LIMIT %(size)s OFFSET (SELECT before FROM counts)
),
summed AS (
    SELECT chosen.place_id, {_sums(counted)} FROM chosen
    LEFT JOIN ({counted.facts.format(only=_OF_CHOSEN)}) facts ON facts.place_id = chosen.place_id
    GROUP BY chosen.place_id
),
page AS (SELECT * FROM chosen JOIN summed USING (place_id))
{_answer(counted, order)}
"""  # noqa: S608  # our own SQL


def _first_by_number(everyone: Everyone, wanted: "Wanted", counted: "Counted") -> str:
    """People with the number that they are sorted by, up to the end of the page and whoever ties with its last.

    So that what they are called, which those alike are sorted by, is looked up for few.
    """
    facts = counted.sorting(wanted.sort) if counted.sorting else counted.facts
    return f"""
valued AS MATERIALIZED (
    SELECT people.place_id, {counted.sums[wanted.sort]} AS value FROM people
    LEFT JOIN ({facts.format(only=everyone.only)}) facts ON facts.place_id = people.place_id GROUP BY people.place_id
    ORDER BY value {_direction(wanted)} FETCH FIRST (SELECT before + %(size)s FROM counts) ROWS WITH TIES
),
"""  # noqa: S608  # our own SQL


def _answer(counted: "Counted", order: str) -> str:
    """All together, each grade, then the rows of the page."""
    shown = "".join(f', "{name}"' for name in counted.sums)
    return f"""
SELECT kind, (SELECT rows FROM counts), {_BY_GRADE} AS number, coalesce(grouped.grade, ''), coalesce(grouped.grade, ''),
    '', '', coalesce(grouped.grade, ''), practitioners{shown}
FROM grouped WHERE kind < {ROW}
UNION ALL
SELECT {ROW}, (SELECT rows FROM counts), row_number() OVER (ORDER BY {order}), code, name, team_code, team_name,
    coalesce(its_grade, ''), practitioners{shown}
FROM page ORDER BY kind, number
"""  # noqa: S608  # our own SQL


def _sums(counted: "Counted") -> str:
    return ", ".join(f'{expression} AS "{name}"' for name, expression in counted.sums.items())


def _order(wanted: "Wanted", by_number: str) -> str:
    of = by_number or _ORDERS.get(wanted.sort, "sorted")
    return f"{of} {_direction(wanted)}, sorted, code, team_code"


def _direction(wanted: "Wanted") -> str:
    return f"{'DESC' if wanted.descending else 'ASC'} NULLS LAST"


def _kind(grouping: _Grouping, own: int) -> str:
    first, _, _ = grouping.columns.partition(",")
    row = "" if own == GRADE else f"WHEN grouping({first}) = 0 THEN {ROW} "
    return f"CASE {row}WHEN grouping(people.grade) = 0 THEN {GRADE} ELSE {TOTAL} END"


def _columns(grouping: _Grouping) -> str:
    return grouping.columns if "people.grade" in grouping.columns else f"{grouping.columns}, people.grade"
