"""How commands print what they found: a table with headings for people, JSON or CSV for programs."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar

import click

Form = Literal["json", "csv"] | None
Row = Mapping[str, Any]
Call = TypeVar("Call", bound=Callable[..., Any])


def forms(command: Call) -> Call:
    """`--json` and `--csv`, as the parameter `form`; None for a table."""
    command = click.option("--csv", "form", flag_value="csv", help="Print CSV, for spreadsheets.")(command)
    return click.option("--json", "form", flag_value="json", help="Print JSON, for programs.")(command)


def print_rows(rows: Sequence[Row], form: Form) -> None:
    """Print a list."""
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    flat = [dict(_flat(row)) for row in rows]
    columns = list(dict.fromkeys(name for row in flat for name in row))
    if form == "csv":
        click.echo(_csv(columns, flat), nl=False)
    elif flat:
        click.echo("\t".join(columns))
        for row in flat:
            click.echo("\t".join(_cell(row.get(name)) for name in columns))


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


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    from .plain import guarded

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        values = [row.get(name) for name in columns]
        writer.writerow([guarded(value) if isinstance(value, str) else value for value in values])
    return text.getvalue()
