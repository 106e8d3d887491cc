"""The ends of past months whose cases by tier and location are kept; `Everyone.month_end` reads one of them."""

from datetime import date
from typing import Final

from django.db import connection

MONTH_ENDS: Final = """
SELECT day FROM workload_keptday
WHERE extract(day FROM day + 1) = 1 AND EXISTS (SELECT FROM workload_monthtiers WHERE month_end = day)
ORDER BY day DESC
"""


def month_ends() -> list[date]:
    """The month-ends that are kept, the latest first: thirteen at most. One query."""
    with connection.cursor() as cursor:
        cursor.execute(MONTH_ENDS)
        return [day for (day,) in cursor.fetchall()]
