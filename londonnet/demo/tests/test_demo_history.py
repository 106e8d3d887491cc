"""The demo's history: a line for each practitioner-in-team and day, that fits what they hold now."""

import csv
from datetime import date, timedelta

from londonnet.apps.workload import selectors, services
from londonnet.apps.workload.tests import extracts
from londonnet.demo.history import DAYS, history_csv
from londonnet.platform.trusts import Trust, trust_scope


def test_the_demo_history_is_loaded_whole_and_ends_with_what_everybody_holds_now(alpha: Trust) -> None:
    with trust_scope(alpha):
        extracts.load()
        rows = selectors.practitioner_rows()
        yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011
        content = history_csv(rows, last_day=yesterday, seed=1)
        report = services.load_history(content=content)
    lines = list(csv.DictReader(content.decode().splitlines()))
    assert report.loaded == len(lines) == DAYS * len(rows)
    last = {(one["om_key"], one["team_code"]): one for one in lines if one["day"] == yesterday.isoformat()}
    assert all(int(last[row.om_key, row.team_code]["points_total"]) == row.points.total for row in rows)


def test_the_same_seed_gives_the_same_history(alpha: Trust) -> None:
    with trust_scope(alpha):
        extracts.load()
        rows = selectors.practitioner_rows()
    first, again = (history_csv(rows, last_day=date(2026, 3, 1), seed=7) for _ in range(2))
    assert first == again
