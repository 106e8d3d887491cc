"""Jobs for the tests. Gates are advisory locks of PostgreSQL: a test holds one, and the job waits for it."""

import os

from django.db import connection

from londonnet.platform.audit import current_actor
from londonnet.platform.errors import LondonNetError
from londonnet.platform.jobs import Progress, job
from londonnet.platform.trusts import current_trust


class TestRefusal(LondonNetError):
    __test__ = False


def _pass_gate(gate: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s), pg_advisory_unlock_shared(%s)", [gate, gate])


@job(name="tests.add", label="Add two numbers")
def add(progress: Progress, *, a: int, b: int) -> dict[str, object]:
    progress.say("Adding", 1, 2)
    return {"sum": a + b, "trust": current_trust().slug, "result_url": "/sums"}


@job(name="tests.long", label="Do something long", ends_in_a_notice=True)
def do_something_long(progress: Progress, *, succeeds: bool) -> None:
    if not succeeds:
        raise TestRefusal("It can't be done.", "refused")


@job(name="tests.who", label="Say who is at work")
def say_who(progress: Progress) -> dict[str, object]:
    actor = current_actor()
    return {"kind": actor.kind, "name": actor.name, "user_id": actor.user_id}


@job(name="tests.wait", label="Wait at a gate")
def wait(progress: Progress, *, gate: int) -> int:
    progress.say("At the gate", 3, 10)
    _pass_gate(gate)
    return gate


@job(name="tests.alone", label="One at a time", one_at_a_time=True)
def alone(progress: Progress, *, gate: int) -> int:
    progress.say("At the gate")
    _pass_gate(gate)
    return gate


@job(name="tests.heavy", label="Heavy work", heavy=True)
def heavy(progress: Progress, *, gate: int) -> int:
    progress.say(f"pid {os.getpid()}")
    _pass_gate(gate)
    return os.getpid()


@job(name="tests.refuse", label="Refuse")
def refuse(progress: Progress, *, why: str) -> None:
    raise TestRefusal(why, "refused")


@job(name="tests.stumble", label="Stumble")
def stumble(progress: Progress) -> None:
    raise ZeroDivisionError("secret of a person")


@job(name="tests.odd", label="Return something odd")
def return_something_odd(progress: Progress) -> object:
    return object()
