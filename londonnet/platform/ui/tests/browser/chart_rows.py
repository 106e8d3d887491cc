"""Rows of a likely shape for the page of charts."""

import datetime as dt
import math
from collections.abc import Iterable

from londonnet.platform.ui.charts import Event, Series

FIRST = dt.date(2024, 3, 4)
TEAMS = ("Camden Generic 1", "Camden Generic 2", "Islington Court", "Haringey YA", "Barnet", "Enfield Generic")


def _wave(name: str, days: Iterable[int], middle: float, swing: float, pace: float) -> Series:
    values = {FIRST + dt.timedelta(n): middle + swing * math.sin(n / pace) + n % 7 / 2 for n in days}
    return Series(name, values)


TWO_YEARS = [n for n in range(730) if not 300 < n < 340]
CHARTS: dict[str, object] = {
    "trends": [
        ("Camden Generic 1", [96, 97, 99, 98, 104, 108, 107, 111, 115, 113, 118, 120, 121]),
        ("Haringey Young Adults and Court Team", [131, 128, None, None, 119, 116, 117, 112, 109, 104, 101, 99, 97]),
        ("Courses", [100, 100]),
        ("New team", [None, 92]),
    ],
    "one": [_wave("Camden", range(28), 104, 9, 6)],
    "six": [_wave(name, range(0, 91, 7), 88 + 7 * n, 6, 15 + n) for n, name in enumerate(TEAMS)],
    "two": [
        _wave("North London", TWO_YEARS, 101, 6, 60),
        _wave("Haringey Young Adults and Court Team", TWO_YEARS, 113, 9, 45),
    ],
    "cases": [_wave("Cases", range(180), 1204, 90, 30)],
    "events": [
        Event(FIRST + dt.timedelta(28), "Weights version 3"),
        Event(FIRST + dt.timedelta(31), "Team moved to North London"),
        Event(FIRST + dt.timedelta(70), "Weights version 4"),
        Event(FIRST + dt.timedelta(500), "Weights version 5"),
    ],
    "moves": [
        {"name": "Okonkwo, Ada", "now": 121.4, "after": 108.2, "url": "/ada"},
        {"name": "Featherstonehaugh, Bartholomew", "now": 84, "after": 97.3, "url": "/bart"},
        {"name": "Singh, Priya", "now": 142, "after": 171, "url": "/priya"},
        {"name": "Brown, Jo", "now": 66, "after": 66, "url": "/jo"},
        {"name": "Lee, Sam", "now": None, "after": None, "note": "no capacity left", "url": "/sam"},
    ],
}
