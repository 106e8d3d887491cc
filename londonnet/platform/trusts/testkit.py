"""Trusts for tests: real databases, real scopes, and nothing left behind.

One connection for each trust is held open for the length of a test, inside a transaction that is rolled back at
the end; entering and leaving the trust's scope within the test picks it up and puts it down again. What must
commit (other processes, notifications) uses a clone of the template of its own, dropped afterwards.
"""

import contextlib
import itertools
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction

from londonnet.config.environment import ENV

from . import provisioning, registry
from .backend.base import DatabaseWrapper
from .cluster import admin_connection
from .naming import control_database, template_database
from .pools import POOLS
from .scope import entered, trust_or_none, trust_scope
from .trust import Trust

_STATE = (
    "connection",
    "opened_for",
    "_in_atomic_block",
    "savepoint_state",
    "savepoint_ids",
    "atomic_blocks",
    "needs_rollback",
    "autocommit",
    "commit_on_exit",
    "run_on_commit",
    "closed_in_transaction",
    "isolation_level",
)
_numbers = itertools.count(1)


class HeldWrapper(DatabaseWrapper):
    """The product's wrapper, but one that holds a trust's connection and transaction between scopes."""

    held: dict[tuple[str, bool], dict[str, Any]]
    _in_atomic_block = False
    _is_taking_up = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {}

    @property
    def in_atomic_block(self) -> bool:
        """Every `atomic()` asks this first: the held connection is taken up by then, so that the answer is its own."""
        if self.connection is None and not self._is_taking_up and trust_or_none() is not None:
            self._is_taking_up = True
            try:
                self.ensure_connection()
            finally:
                self._is_taking_up = False
        return self._in_atomic_block

    @in_atomic_block.setter
    def in_atomic_block(self, value: bool) -> None:
        self._in_atomic_block = value

    def connect(self) -> None:
        """Take up the trust's held connection, or open one and begin the test's transaction on it."""
        if self.connection is not None:  # taken up by a look at `in_atomic_block`
            return
        state = self.held.pop(entered().key, None)
        if state is not None:
            self.__dict__.update(state)
            return
        super().connect()
        transaction.atomic(using=self.alias).__enter__()

    def give_back(self) -> None:
        """Put the connection down as it is, transaction and all."""
        if self.connection is None:
            return
        state = {name: self.__dict__.get(name, getattr(self, name)) for name in _STATE}
        self.held[self.opened_for] = state  # type: ignore[index]  # set whenever there's a connection
        self.__dict__.update(
            connection=None,
            opened_for=None,
            _in_atomic_block=False,
            savepoint_ids=[],
            atomic_blocks=[],
            needs_rollback=False,
            run_on_commit=[],
        )

    def roll_all_back(self) -> None:
        """Undo what the test did, in every trust that it entered."""
        for state in self.held.values():
            held = state["connection"]
            if not held.closed:
                held.rollback()
            held._pool.putconn(held) if getattr(held, "_pool", None) else held.close()
        self.held.clear()


@contextlib.contextmanager
def held_connections() -> Iterator[None]:
    """For the length of a test, trusts' connections of this thread are held, and rolled back at the end."""
    product = connections["default"]
    holder = HeldWrapper(product.settings_dict, alias="default")
    connections["default"] = holder
    try:
        yield
    finally:
        holder.give_back()
        holder.roll_all_back()
        connections["default"] = product


@dataclass(frozen=True, slots=True)
class Installation:
    """An installation made for tests: a prefix of its own on a real server, and two trusts."""

    prefix: str
    alpha: Trust
    beta: Trust


@contextlib.contextmanager
def installation() -> Iterator[Installation]:
    """Make an installation with the trusts alpha (the default one) and beta, and drop all of it at the end."""
    prefix = f"t{os.getpid()}{secrets.token_hex(2)}"
    ENV.database_prefix = prefix
    registry.forget()
    provisioning.prepare_installation()
    try:
        alpha = provisioning.create_trust(slug="alpha", name="Alpha Probation", is_default=True)
        # Another row in beta's trail of content types than in alpha's: what is cached by id must not cross.
        beta = provisioning.create_trust(slug="beta", name="Beta Probation")
        shift_content_types(beta)
        yield Installation(prefix, alpha, beta)
    finally:
        _drop(prefix)


@contextlib.contextmanager
def clone() -> Iterator[Trust]:
    """A trust of its own for a test that must commit; dropped afterwards."""
    trust = provisioning.create_trust(slug=f"clone{next(_numbers)}", name="Clone")
    product = connections["default"]
    try:
        yield trust
    finally:
        product.give_back()  # type: ignore[attr-defined]  # our own backend's
        provisioning.drop_trust(trust.slug)


def shift_content_types(trust: Trust) -> None:
    """Give a trust other content-type ids than its siblings', so that a cache that crosses trusts is caught."""
    owner = trust_scope(trust, as_owner=True)
    with owner, transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute("UPDATE auth_permission SET content_type_id = content_type_id + 1000")
        cursor.execute("UPDATE django_content_type SET id = id + 1000")


def _drop(prefix: str) -> None:
    POOLS.close()
    connections["control"].close()
    trusts = [trust.slug for trust in registry.all_trusts()]
    for slug in trusts:
        provisioning.drop_trust(slug)
    connections["control"].close()
    with admin_connection() as admin:
        for database in (control_database(), template_database()):
            admin.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        rows = admin.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE %s", [f"{prefix}\\_%"]).fetchall()
        for (role,) in rows:
            admin.execute(f'DROP ROLE IF EXISTS "{role}"')
