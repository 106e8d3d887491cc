"""`londonnet workload history …`."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from londonnet.apps.workload.capacity_years import MOST_PERCENT
from londonnet.platform.documents.printing import Form, forms, print_as_they_come, print_rows
from londonnet.platform.embedded.commands import needs_database

from .common import FILE, JSON, TRUST, at_work, require_known, workload_group
from .staffing import say_report

if TYPE_CHECKING:
    from londonnet.apps.workload.selectors import Level, Within
    from londonnet.apps.workload.selectors.excess import Standing
    from londonnet.apps.workload.selectors.history import Average

_LEVELS = ("practitioner", "team", "pdu", "region", "trust")
_DAY = click.DateTime(formats=["%Y-%m-%d"])
_FROM = click.option("--from", "first", type=_DAY, help="The first day; thirteen weeks before the last if not given.")
_TO = click.option("--to", "last", type=_DAY, help="The last day; today if not given.")
_WITHIN = click.option("--within", default="trust", help="trust, region:CODE, pdu:CODE, team:CODE or practitioner:KEY.")
_OF_TRUST = click.option("--by", type=click.Choice(_LEVELS), default="trust", show_default=True)
_OF_PEOPLE = click.option("--by", type=click.Choice(_LEVELS), default="practitioner", show_default=True)
_PERCENT = click.IntRange(1, MOST_PERCENT)


@workload_group.group("history")
def history_group() -> None:
    """Figures of past days."""


@history_group.command("load")
@FILE
@TRUST
@JSON
@needs_database
def load_history_file(file: Path, slug: str, as_json: bool) -> None:
    """Load another tool's history: a CSV FILE with day,om_key,team_code,points_total,available and more.

    The other columns are those of `workload show`: grade, cases, t2a_cases, points_cases, points_t2a, points_reports,
    points_support, contracted_hours, reduction_hours, capacity_note. Days that were kept here are left as they are.
    """
    from londonnet.apps.workload.services import load_history

    content = file.read_bytes()
    with at_work(slug, "workload history load"):
        report = load_history(content=content)
    say_report(report, as_json)


@history_group.command("show")
@TRUST
@_FROM
@_TO
@_OF_TRUST
@_WITHIN
@click.option("--average", type=click.Choice(["day", "week", "month"]), default="day", show_default=True)
@forms
@needs_database
def show_history(
    slug: str, first: datetime | None, last: datetime | None, by: str, within: str, average: str, form: Form
) -> None:
    """Print figures over time: a row for each practitioner-in-team or place and each day, week or month."""
    from londonnet.apps.workload.history_json import history_json
    from londonnet.apps.workload.selectors import figures_in_force
    from londonnet.apps.workload.selectors.history import Span, history_as_it_comes
    from londonnet.platform.trusts.snapshot import snapshot

    with at_work(slug, "workload history show"), snapshot():
        part = _part(within)
        span = Span(*_range(first, last), cast("Average", average))
        rows = history_as_it_comes(cast("Level", by), part, span=span, figures=figures_in_force())
        print_as_they_come((history_json(row) for row in rows), form)


@history_group.command("excessive")
@TRUST
@_FROM
@_TO
@_OF_PEOPLE
@_WITHIN
@click.option("--weeks", type=click.IntRange(1, 104), default=4, show_default=True, help="For at least so many weeks.")
@click.option("--threshold", type=_PERCENT, default=110, show_default=True, help="Above this percentage.")
@click.option("--lasting", type=click.Choice(["still", "over"]), help="Only who still is above, or is no longer.")
@forms
@needs_database
def show_excessive(
    slug: str,
    first: datetime | None,
    last: datetime | None,
    by: str,
    within: str,
    weeks: int,
    threshold: int,
    lasting: str | None,
    form: Form,
) -> None:
    """Print who was above a percentage for so many consecutive weeks, those who still are first."""
    from londonnet.apps.workload.history_json import excess_json
    from londonnet.apps.workload.selectors import figures_in_force
    from londonnet.apps.workload.selectors.excess import excess_rows
    from londonnet.apps.workload.selectors.excess_days import Excess

    with at_work(slug, "workload history excessive"):
        part = _part(within)
        asked = Excess(*_range(first, last), weeks, threshold)
        only = cast("Standing | None", lasting)
        found = excess_rows(cast("Level", by), part, asked=asked, figures=figures_in_force(), only=only)
    print_rows([excess_json(row) for row in found.rows], form)


@history_group.command("trends")
@TRUST
@click.option("--until", type=_DAY, help="A day of the last week; today if not given.")
@click.option("--weeks", type=click.IntRange(1, 104), default=13, show_default=True, help="How many weeks.")
@_OF_PEOPLE
@_WITHIN
@forms
@needs_database
def show_trends(slug: str, until: datetime | None, weeks: int, by: str, within: str, form: Form) -> None:
    """Print the capacity of each of the last weeks, for every practitioner or place."""
    from django.utils import timezone

    from londonnet.apps.workload.history_json import trend_json
    from londonnet.apps.workload.selectors.trends import trends, weeks_until

    last = until.date() if until else timezone.localdate()
    with at_work(slug, "workload history trends"):
        found = trends(cast("Level", by), _part(within), until=last, weeks=weeks)
    rows = [trend_json(key, line) for key, line in sorted(found.items())]
    if form != "json":
        mondays = [monday.isoformat() for monday in weeks_until(last, weeks)]
        rows = [{**row, "capacity": dict(zip(mondays, row["capacity"], strict=True))} for row in rows]
    print_rows(rows, form)


def _part(within: str) -> "Within":
    """The part of the trust that `--within` names.

    Raises:
        click.UsageError: it isn't written so.
        WorkloadError: nothing has that code.
    """
    from londonnet.apps.workload.selectors import LEVELS, Within

    name, _, code = within.partition(":")
    level = next((level for level in LEVELS if level == name), None)
    if level is None or bool(code) == (level == "trust"):
        raise click.UsageError("Give --within as trust, region:CODE, pdu:CODE, team:CODE or practitioner:KEY.")
    part = Within(level, code)
    require_known(part)
    return part


def _range(first: datetime | None, last: datetime | None) -> tuple[date, date]:
    from datetime import timedelta

    from django.utils import timezone

    from londonnet.apps.workload.selectors.history import USUAL_DAYS

    end = last.date() if last else timezone.localdate()
    begin = first.date() if first else end - timedelta(days=USUAL_DAYS - 1)
    if begin > end:
        raise click.UsageError("--from must not be after --to.")
    return begin, end
