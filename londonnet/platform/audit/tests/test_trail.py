from collections import defaultdict
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from londonnet.platform.audit import Actor, Event, acting_as, consulted, events, on, record
from londonnet.platform.audit.events import OutsideTransaction
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

BREAKING = (
    "UPDATE audit_trailentry SET why = 'nothing happened'",
    "DELETE FROM audit_trailentry",
    "TRUNCATE audit_trailentry",
    "ALTER TABLE audit_trailentry DISABLE TRIGGER ALL",
    "DROP TABLE audit_trailentry",
    "DROP TRIGGER audit_append_only ON audit_trailentry",
    "SET session_replication_role = replica",
)


@pytest.fixture
def handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Handlers that a test adds are gone after it."""
    monkeypatch.setattr(events, "_handlers", defaultdict(list))


@pytest.mark.parametrize("statement", BREAKING)
def test_runtime_cant_change_the_trail_even_by_raw_sql(in_alpha: Trust, statement: str) -> None:
    entry = record(Event("tests.happened", "thing", "1", why="a reason"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert TrailEntry.objects.get(pk=entry.pk).why == "a reason"


@pytest.mark.parametrize("statement", BREAKING[:3])
def test_the_trigger_stops_even_the_owner_of_the_table(fresh_trust: Trust, statement: str) -> None:
    with trust_scope(fresh_trust), transaction.atomic():
        record(Event("tests.happened", "thing", "1"))
    with (
        trust_scope(fresh_trust, as_owner=True),
        pytest.raises(DatabaseError, match="can only be added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_orm_cant_change_it_either(in_alpha: Trust) -> None:
    record(Event("tests.happened", "thing", "1"))
    for change in (lambda: TrailEntry.objects.update(why="x"), lambda: TrailEntry.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert TrailEntry.objects.count() == 1


def test_an_event_outside_a_transaction_is_refused(fresh_trust: Trust) -> None:
    with trust_scope(fresh_trust), pytest.raises(OutsideTransaction):
        record(Event("tests.happened", "thing", "1"))


def test_an_event_that_is_rolled_back_never_happened(in_alpha: Trust) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(Event("tests.happened", "thing", "1"))
        raise ZeroDivisionError
    assert not TrailEntry.objects.exists()


def test_handlers_run_in_the_transaction_of_the_event_and_stop_it_when_they_fail(
    in_alpha: Trust, handlers: Any
) -> None:
    seen = []

    @on("tests.happened")
    def note(event: Event) -> None:
        seen.append((event.subject_id, connection.in_atomic_block, TrailEntry.objects.count()))

    @on("tests.refused")
    def refuse(event: Event) -> None:
        raise ValueError(event.kind)

    record(Event("tests.happened", "thing", "7"))
    record(Event("tests.other", "thing", "8"))
    assert seen == [("7", True, 1)]
    with pytest.raises(ValueError, match=r"tests\.refused"), transaction.atomic():
        record(Event("tests.refused", "thing", "9"))
    assert TrailEntry.objects.filter(kind="tests.refused").count() == 0


def test_a_handler_is_called_once_however_often_it_is_declared(in_alpha: Trust, handlers: Any) -> None:
    seen = []

    def note(event: Event) -> None:
        seen.append(event.kind)

    on("tests.happened")(note)
    on("tests.happened")(note)
    record(Event("tests.happened", "thing", "1"))
    assert seen == ["tests.happened"]


def test_an_entry_says_who_did_it_and_in_which_request(in_alpha: Trust) -> None:
    with acting_as(Actor("user", "Alice", 7, "request-1")):
        record(Event("tests.happened", "thing", "1", before={"a": 1}, after={"a": 2}, why="because", about="X123456"))
    record(Event("tests.happened", "thing", "2"))
    first, second = TrailEntry.objects.order_by("pk")
    assert (first.actor_kind, first.actor_name, first.actor_id, first.request_id) == ("user", "Alice", 7, "request-1")
    assert (first.before, first.after, first.why, first.about) == ({"a": 1}, {"a": 2}, "because", "X123456")
    assert (second.actor_kind, second.actor_name) == ("nobody", "Not signed in")


def test_looking_at_a_record_is_an_event(in_alpha: Trust) -> None:
    consulted("case", "12", about="X123456", why="supervision")
    entry = TrailEntry.objects.get()
    assert (entry.kind, entry.subject_type, entry.about) == ("audit.consulted", "case", "X123456")
