"""Figures over time: of a place or a practitioner, by day, week or month, whole or taken apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from django.db import connection

from londonnet.apps.workload.capacity import percent_of
from londonnet.apps.workload.models import ALL_GRADES

from .practitioner_sql import NOBODYS_NUMBERS
from .rows import EVERYWHERE, FiguresInForce, Level, Within
from .sums import LESS_POSTS, SUMMED, SUMS_OF_FIGURES, told_apart
from .units import LIVE_COUNTS, NAMED, live_figures, live_parameters, number_of, numbers_within, trust_named

Average = Literal["day", "week", "month"]
AVERAGES: Final[tuple[Average, ...]] = ("day", "week", "month")
USUAL_DAYS: Final = 91
"""Thirteen weeks: the range that is looked at unless another is asked for."""


@dataclass(frozen=True, slots=True)
class Span:
    """A range of days, both ends counted, and what its figures are averaged over."""

    first: date
    last: date
    average: Average = "day"


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """The figures of one place, grade or practitioner-in-team in one day, week or month.

    Numbers are sums over the days kept: `capacity` is their ratio, `a_day` what they come to on a day of the period.

    Attributes:
        code: the om_key of a practitioner, or the code of a place.
        team_code: a practitioner's team; empty for a place.
        grade: the grade of these people; "*" for all of them. Of a practitioner, the one they had last.
        period: the day, the Monday of the week, or the first of the month.
        days: how many of its days are kept.
        sums: by column, as a figure or the sum of a place has it; of a place `posts` as well, which aren't among its
            practitioners, and whose points are in its points.
    """

    code: str
    name: str
    team_code: str
    team_name: str
    grade: str
    period: date
    days: int
    sums: dict[str, int | Decimal]

    @property
    def capacity(self) -> float | None:
        """Percent, unrounded: the ratio of the sums; None where nothing was available."""
        available = int(self.sums["available"])
        return percent_of(int(self.sums["points_total"]), available) if available > 0 else None

    def a_day(self, column: str) -> Decimal:
        """A number as it was on a day of the period, on average."""
        return Decimal(self.sums[column]) / self.days


_ROWS: Final = """
SELECT {counted}named.code, named.name, named.team_code, named.team_name, periods.* FROM (
    SELECT unit_id, {grade}, date_trunc(%(average)s, day)::date AS period, count(DISTINCT day), {sums}
    FROM ({days}) days
    GROUP BY unit_id, {group}period
) periods JOIN ({named}) named ON named.id = periods.unit_id
ORDER BY named.name, named.code, named.team_code, {order}period
"""
# Sums that were kept before posts were told from practitioners have none: there posts are looked up, and taken out.
_BEFORE: Final = f"""
SELECT day FROM workload_dailysum WHERE level = 'trust' AND unit_id = 0 AND grade = '{ALL_GRADES}'
    AND day BETWEEN %(first)s AND %(last)s AND posts IS NULL
"""  # noqa: S608  # our own SQL
_OF_PLACES: Final = f"""
SELECT unit_id, grade, day, {", ".join(SUMMED)} FROM workload_dailysum
WHERE level = %(level)s AND day BETWEEN %(first)s AND %(last)s AND {{grades}} {{within}}
UNION ALL
SELECT unit_id, grade, day, {LESS_POSTS} FROM (
    SELECT {{number}} AS unit_id, {{grade}} AS grade, day, {SUMS_OF_FIGURES}
    FROM (SELECT *, false AS is_post FROM workload_dailyfigure
        WHERE EXISTS ({_BEFORE}) AND day BETWEEN %(first)s AND %(last)s
            AND day = ANY(ARRAY({_BEFORE})) AND place_id = ANY(ARRAY({NOBODYS_NUMBERS}))) figures
    GROUP BY {{group}}day
) posts WHERE true {{within}}
UNION ALL
SELECT {{number}}, {{grade}}, day, {SUMS_OF_FIGURES}
FROM ({told_apart("({live})")} WHERE {LIVE_COUNTS}) figures GROUP BY {{group}}day
"""  # noqa: S608  # our own SQL
_FIGURE: Final = (
    *("cases", "t2a_cases", "points_cases", "points_t2a", "points_reports", "points_support", "points_total"),
    *("contracted_hours", "reduction_hours", "available"),
)
_COLUMNS: Final = ", ".join(_FIGURE)
_OF_PEOPLE: Final = f"""
SELECT unit_id, grade, day, {_COLUMNS} FROM (
    SELECT place_id AS unit_id, grade, day, {_COLUMNS} FROM workload_dailyfigure
    WHERE day BETWEEN %(first)s AND %(last)s
) kept WHERE true {{within}}
UNION ALL
SELECT place_id, grade, day, {_COLUMNS} FROM ({{live}}) figures WHERE {LIVE_COUNTS}
"""  # noqa: S608  # our own SQL
_NUMERIC: Final = ("points_t2a", "contracted_hours", "reduction_hours")
_AT_A_TIME: Final = 2_000
_KEPT: Final = "SELECT min(day), max(day) FROM workload_keptday"
_KEPT_YEARS: Final = f"{_KEPT} GROUP BY extract(year FROM day)"


def history(
    by: Level,
    within: Within = EVERYWHERE,
    *,
    span: Span,
    figures: FiguresInForce | None,
    by_grade: bool = False,
) -> list[HistoryRow]:
    """The figures of every practitioner-in-team or place of a level in a part of the trust, by name and then time.

    One query.

    Sums of large places are read, never practitioners summed. Today's figures are those of the run in force.

    Args:
        by: what the rows are of; nothing larger than `within`.
        within: which part of the trust.
        span: the days, and what to average over: the ratio of sums over the days kept.
        figures: the run in force; None leaves today out.
        by_grade: for places, a row for each grade instead of one for all.

    Raises:
        WorkloadError: `by` is larger than `within`.
    """
    statement, columns = _statement(by, within, by_grade=by_grade)
    with connection.cursor() as cursor:
        cursor.execute(statement, _parameters(by, within, span, figures))
        return [_row(columns, *found) for found in cursor.fetchall()]


def history_as_it_comes(
    by: Level, within: Within = EVERYWHERE, *, span: Span, figures: FiguresInForce | None
) -> Iterator[HistoryRow]:
    """The rows of `history`, never all of them held: everybody's days are millions. Inside a transaction; one query.

    Args:
        by: what the rows are of; nothing larger than `within`.
        within: which part of the trust.
        span: the days, and what to average over.
        figures: the run in force; None leaves today out.
    """
    statement, columns = _statement(by, within, by_grade=False)
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, _parameters(by, within, span, figures))
        while found := cursor.fetchmany(_AT_A_TIME):
            for row in found:
                yield _row(columns, *row)


def history_part(
    by: Level,
    within: Within = EVERYWHERE,
    *,
    span: Span,
    figures: FiguresInForce | None,
    by_grade: bool = False,
    start: int = 0,
    size: int = 100,
) -> tuple[list[HistoryRow], int]:
    """Some rows of `history`, and how many there are altogether: millions, of everybody's days. One query.

    Beyond the last row, a second one counts.

    Args:
        by: what the rows are of; nothing larger than `within`.
        within: which part of the trust.
        span: the days, and what to average over.
        figures: the run in force; None leaves today out.
        by_grade: for places, a row for each grade instead of one for all.
        start: how many are left out before the first one given.
        size: how many are given at most.
    """
    statement, columns = _statement(by, within, by_grade=by_grade, counted=True)
    parameters = _parameters(by, within, span, figures)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} LIMIT %(size)s OFFSET %(start)s", parameters | {"start": start, "size": size})
        found = cursor.fetchall()
        if not found and start:
            cursor.execute(f"{statement} LIMIT 1", parameters)
            return [], next((total for total, *_ in cursor.fetchall()), 0)
    return [_row(columns, *row) for _, *row in found], found[0][0] if found else 0


def _statement(by: Level, within: Within, *, by_grade: bool, counted: bool = False) -> tuple[str, Sequence[str]]:
    """The statement of a history, and the columns that it sums; `counted` puts how many rows there are before each."""
    of_people = by == "practitioner"
    columns = _FIGURE if of_people else SUMMED
    statement = _ROWS.format(
        counted="count(*) OVER (), " if counted else "",
        days=_people(within) if of_people else _places(by, within, by_grade=by_grade),
        named=NAMED[by],
        sums=", ".join(f"coalesce(sum({name}), 0)::{'numeric' if name in _NUMERIC else 'bigint'}" for name in columns),
        grade="(array_agg(grade ORDER BY day DESC))[1]" if of_people else "grade",
        group="" if of_people else "grade, ",
        order="" if of_people else "grade, ",
    )
    return statement, columns


def kept_range() -> tuple[date, date] | None:
    """The first and the last day that is kept; None while there is none. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT)
        first, last = cursor.fetchone()
    return (first, last) if first else None


def ends_of_kept_years() -> set[date]:
    """The first and the last day that is kept of each year. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT_YEARS)
        return {day for ends in cursor.fetchall() for day in ends}


def _places(by: Level, within: Within, *, by_grade: bool) -> str:
    return _OF_PLACES.format(
        grades=f"grade <> '{ALL_GRADES}'" if by_grade else f"grade = '{ALL_GRADES}'",
        within=numbers_within(by, within),
        number=number_of(by),
        grade="grade" if by_grade else f"'{ALL_GRADES}'",
        group=("" if by == "trust" else f"{number_of(by)}, ") + ("grade, " if by_grade else ""),
        live=live_figures(within),
    )


def _people(within: Within) -> str:
    return _OF_PEOPLE.format(within=numbers_within("practitioner", within), live=live_figures(within))


def _parameters(by: Level, within: Within, span: Span, figures: FiguresInForce | None) -> dict[str, Any]:
    return live_parameters(figures, span.last) | {
        "level": by,
        "code": within.code,
        "first": span.first,
        "last": span.last,
        "average": span.average,
        **trust_named(),
    }


def _row(
    columns: Iterable[str],
    code: str,
    name: str,
    team_code: str,
    team_name: str,
    _number: int,
    grade: str,
    period: date,
    days: int,
    *sums: int | Decimal,
) -> HistoryRow:
    return HistoryRow(code, name, team_code, team_name, grade, period, days, dict(zip(columns, sums, strict=True)))
