"""What people type on the command line: hours and days."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

import click


class HoursType(click.ParamType[Decimal]):
    """Hours a week."""

    name = "hours"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """The number, with at most two decimals."""
        from londonnet.apps.workload.amounts import number

        hours = number(str(value))
        if hours is None or hours != hours.quantize(Decimal("0.01")):
            self.fail(f"{value!r} is no number of hours, such as 18.5.", param, ctx)
        return hours


class DayType(click.ParamType[date]):
    """A day."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, written as 2026-04-01 or 1/4/2026."""
        from londonnet.apps.workload.csv_rows import parse_day

        day = value if isinstance(value, date) else parse_day(str(value))
        if day is None:
            self.fail(f"{value!r} is no date like 2026-04-01 or 1/4/2026.", param, ctx)
        return day


DAY: Final = DayType()
HOURS: Final = HoursType()
WHY: Final = click.option("--why", default="", help="Why, for the history.")
