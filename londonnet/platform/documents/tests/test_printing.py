"""Commands print the same of a list that they hold and of one that they take row by row."""

import click
import pytest
from click.testing import CliRunner

from londonnet.platform.documents.printing import Form, print_as_they_come, print_rows

ROWS = [
    {"name": "=Ann, “A”", "points": {"total": number, "cases": None}, "tiers": ["a", "b"], "above": number > 1}
    for number in range(2500)
]


@pytest.mark.parametrize("form", ["json", "csv", None])
@pytest.mark.parametrize("count", [0, 1, 2500])
def test_rows_are_printed_alike_however_they_come(form: Form, count: int) -> None:
    @click.command
    def held() -> None:
        print_rows(ROWS[:count], form)

    @click.command
    def coming() -> None:
        print_as_they_come(iter(ROWS[:count]), form)

    printed = CliRunner().invoke(coming).stdout
    assert printed == CliRunner().invoke(held).stdout
    assert (form is None and not count) or printed.endswith("\n")
    assert printed.count("total") == {"json": count}.get(form or "", int(bool(count)))
