"""One change of the caseload at a time in a trust: an extract that comes in while cases are moved waits, or they do."""

from typing import Final

from django.db import connection

_LOCK: Final = 0xCA5E


def take_turn() -> None:
    """Wait until no other change is going on; the turn ends with the transaction. Taking it twice does no harm."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
