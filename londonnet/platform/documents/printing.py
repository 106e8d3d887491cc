"""How commands print what they found: a table with headings for people, JSON or CSV for programs."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Final, Literal, TypeVar

import click

Form = Literal["json", "csv"] | None
Row = Mapping[str, Any]
Call = TypeVar("Call", bound=Callable[..., Any])
_AT_A_TIME: Final = 1000


def forms(command: Call) -> Call:
    """`--json` and `--csv`, as the parameter `form`; None for a table."""
    command = click.option("--csv", "form", flag_value="csv", help="Print CSV, for spreadsheets.")(command)
    return click.option("--json", "form", flag_value="json", help="Print JSON, for programs.")(command)


def print_rows(rows: Sequence[Row], form: Form) -> None:
    """Print a list."""
    columns = () if form == "json" else tuple(dict.fromkeys(name for row in rows for name, _ in _flat(row)))
    _print(rows, columns, form)


def print_as_they_come(rows: Iterable[Row], form: Form) -> None:
    """Print a list that is too long to be held; each row has the names of the first."""
    rows = iter(rows)
    first = list(islice(rows, 1))
    columns = tuple(name for row in first for name, _ in _flat(row))
    _print(chain(first, rows), columns, form)


def print_one(one: Row, form: Form, *, rows: Iterable[Row]) -> None:
    """Print one thing: as JSON whole, as a table or CSV the rows that it is made of."""
    if form == "json":
        click.echo(json.dumps(one, ensure_ascii=False))
        return
    print_rows(list(rows), form)


def print_done(words: str, result: Row, form: Form) -> None:
    """Say what was done, and print what came of it where a program asked."""
    click.echo(words, err=True)
    if form == "json":
        click.echo(json.dumps(result, ensure_ascii=False))
    elif form == "csv":
        print_rows([result], form)


def _flat(row: Row, before: str = "") -> Iterator[tuple[str, Any]]:
    """The cells of a row; what holds names of its own becomes columns such as `points.total`."""
    for name, value in row.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, list | tuple):
            yield before + name, "; ".join(_in_list(one) for one in value)
        else:
            yield before + name, value


def _in_list(value: object) -> str:
    return " ".join(_cell(one) for _, one in _flat(value)) if isinstance(value, Mapping) else _cell(value)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.1f}"
    return "" if value is None else str(value).replace("\n", " ").replace("\t", " ")


def _print(rows: Iterable[Row], columns: Sequence[str], form: Form) -> None:
    """Print row by row, many in one go."""
    pieces = _json(rows) if form == "json" else _csv(columns, rows) if form == "csv" else _table(columns, rows)
    while some := list(islice(pieces, _AT_A_TIME)):
        click.echo("".join(some), nl=False)


def _json(rows: Iterable[Row]) -> Iterator[str]:
    yield "["
    for number, row in enumerate(rows):
        yield (", " if number else "") + json.dumps(row, ensure_ascii=False)
    yield "]\n"


def _table(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    for number, row in enumerate(rows):
        if number == 0:
            yield "\t".join(columns) + "\n"
        cells = dict(_flat(row))
        yield "\t".join(_cell(cells.get(name)) for name in columns) + "\n"


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    from .plain import guarded

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        yield _taken(text)
        cells = dict(_flat(row))
        values = [cells.get(name) for name in columns]
        writer.writerow([guarded(value) if isinstance(value, str) else value for value in values])
    yield _taken(text)


def _taken(text: io.StringIO) -> str:
    taken = text.getvalue()
    text.seek(0)
    text.truncate()
    return taken
