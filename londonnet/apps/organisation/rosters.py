"""Applying a roster: who works where, as an extract says it, against what was known before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.db import connection, transaction

from . import arriving, roster_sql
from .roster_changes import Changed, Changes, RosterChange

_LEVEL_NAMES = {"region": "Region", "pdu": "PDU", "ldu": "LDU", "team": "Team", "practitioner": "Practitioner"}


@dataclass(frozen=True, slots=True)
class _Standing:
    """Who stands where at one moment: the teams of each practitioner, and the names of both."""

    teams: Mapping[str, frozenset[str]]
    people_names: Mapping[str, str]
    team_names: Mapping[str, str]

    @property
    def staffed_teams(self) -> set[str]:
        return set(self.team_names)


def apply_roster(rows: pl.DataFrame, *, day: date) -> RosterChange:
    """Make the organisation what the roster says, inside the caller's transaction, and tell what changed.

    Regions, PDUs, LDUs, teams, practitioners and their places in teams are added and brought up to date; a place
    that the roster doesn't name any more ends on its day, and opens again when it is named again; nothing is
    deleted. Names that change go into the history. The number of statements doesn't depend on the rows. No event
    is recorded: the load that calls this records one.

    Args:
        rows: one row for each practitioner in team, with the columns of `arriving.COLUMNS`; several rows about one
            place or person may differ in names, then the last stands.
        day: the day that the roster describes.

    Raises:
        BrokenRoster: a column or a code is missing, or a practitioner-in-team stands there twice.
    """
    with transaction.atomic():
        arriving.copy_in(rows)
        for statement in (roster_sql.KNOWN_NAMES, roster_sql.KNOWN_PEOPLE):
            _run(statement)
        before = _standing()
        renamed = _asked(roster_sql.RENAMED_PLACES, day=day) + _asked(roster_sql.RENAMED_PEOPLE, day=day)
        moved = _asked(roster_sql.MOVED_PLACES)
        new_teams, new_people = _asked(roster_sql.NEW_TEAMS), _asked(roster_sql.NEW_PEOPLE)
        _write(day)
        after = _standing()
        arriving.drop()
    return RosterChange(
        day=day,
        practitioners=len(after.teams),
        places=sum(len(teams) for teams in after.teams.values()),
        practitioners_new=Changes.of(Changed(key, name or key) for key, name in new_people),
        practitioners_back=_people(after, after.teams.keys() - before.teams.keys() - {key for key, _ in new_people}),
        practitioners_left=_people(before, before.teams.keys() - after.teams.keys()),
        practitioners_moved=_moved_people(before, after),
        teams_new=Changes.of(Changed(code, name) for code, name in new_teams),
        teams_gone=_named(before.team_names, before.staffed_teams - after.staffed_teams),
        places_moved=Changes.of(_moved_place(*row) for row in moved),
        renamed=Changes.of(_renamed(*row) for row in renamed),
    )


def _write(day: date) -> None:
    for statement in roster_sql.UPSERTS:
        _run(statement)
    _run(roster_sql.END_PLACES, day=day)
    _run(roster_sql.OPEN_AND_KEEP_PLACES, day=day)


def _run(statement: str, **arguments: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)


def _asked(statement: str, **arguments: Any) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return list(cursor.fetchall())


def _standing() -> _Standing:
    teams: dict[str, set[str]] = defaultdict(set)
    people_names, team_names = {}, {}
    for om_key, name, team_code, team_name in _asked(roster_sql.OPEN_PLACES):
        teams[om_key].add(team_code)
        people_names[om_key] = name or om_key
        team_names[team_code] = team_name
    return _Standing({key: frozenset(codes) for key, codes in teams.items()}, people_names, team_names)


def _people(standing: _Standing, om_keys: Iterable[str]) -> Changes:
    return _named(standing.people_names, om_keys)


def _named(names: Mapping[str, str], codes: Iterable[str]) -> Changes:
    return Changes.of(Changed(code, names[code]) for code in codes)


def _moved_people(before: _Standing, after: _Standing) -> Changes:
    """Those who left at least one team and joined at least one other."""
    stayed = before.teams.keys() & after.teams.keys()
    moves = ((key, before.teams[key] - after.teams[key], after.teams[key] - before.teams[key]) for key in stayed)
    return Changes.of(
        Changed(key, after.people_names[key], f"from {_teams(before, left)} to {_teams(after, joined)}")
        for key, left, joined in moves
        if left and joined
    )


def _teams(standing: _Standing, codes: Iterable[str]) -> str:
    return " and ".join(sorted(f"{standing.team_names[code]} ({code})" for code in codes))


def _moved_place(level: str, code: str, name: str, old_parent: str, new_parent: str) -> Changed:
    return Changed(code, name, f"{_LEVEL_NAMES[level]}, from {old_parent} to {new_parent}")


def _renamed(level: str, code: str, name: str, old_name: str) -> Changed:
    return Changed(code, name, f"{_LEVEL_NAMES[level]}, was {old_name}")
