"""Reports of mistakes: one's own, and those that somebody answers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from londonnet.apps.organisation.selectors import full_name
from londonnet.apps.workload.models import MistakeReport
from londonnet.platform.access.policy import Place, Reach

SIZE: Final = 50
_COLUMNS: Final = (
    "pk",
    "place__practitioner__om_key",
    "place__practitioner__forename",
    "place__practitioner__surname",
    "place__team__code",
    "place__team__name",
    "place__team__pdu__code",
    "place__team__pdu__region__code",
    "section",
    "line",
    "day",
    "words",
    "state",
    "reported_at",
    "answer",
    "answered_by_name",
    "answered_at",
)


@dataclass(frozen=True, slots=True)
class MistakeRow:
    """A report, and what became of it."""

    pk: int
    om_key: str
    name: str
    team_code: str
    team_name: str
    place: Place
    section: str
    line: str
    day: date
    words: str
    state: MistakeReport.State
    reported_at: datetime
    answer: str
    answered_by_name: str
    answered_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state is MistakeReport.State.OPEN


def mistakes_of(om_key: str, team_code: str | None, *, first: int = 0, most: int = 20) -> tuple[MistakeRow, ...]:
    """What a practitioner reported in a team, or in all of them, the latest first. One query."""
    found = _of(om_key)
    if team_code is not None:
        found = found.filter(place__team__code=team_code)
    return _rows(found.order_by("-pk"), first, most)


def number_of_mistakes(om_key: str) -> int:
    """How many reports a practitioner made. One query."""
    return _of(om_key).count()


def mistakes_within(
    reach: Reach, *, is_open: bool, first: int = 0, size: int = SIZE
) -> tuple[tuple[MistakeRow, ...], int]:
    """Some of the reports of those whom somebody answers for, and how many there are. Two queries.

    Args:
        reach: of the permission to answer them.
        is_open: those that wait for an answer, the oldest first; else those that have one, the latest first.
        first: how many are left out before the first one given.
        size: how many are given at most.
    """
    state = Q(state=MistakeReport.State.OPEN)
    found = MistakeReport.objects.filter(_reached(reach), state if is_open else ~state)
    ordered = found.order_by("pk") if is_open else found.order_by("-answered_at", "-pk")
    return _rows(ordered, first, size), found.count()


def open_mistakes(reach: Reach) -> int:
    """How many reports wait for an answer of somebody with this reach. One query."""
    return MistakeReport.objects.filter(_reached(reach), state=MistakeReport.State.OPEN).count()


def mistake(pk: int) -> MistakeRow | None:
    """One report, or None. One query."""
    return next(iter(_rows(MistakeReport.objects.filter(pk=pk), 0, 1)), None)


def _of(om_key: str) -> QuerySet[MistakeReport]:
    return MistakeReport.objects.filter(place__practitioner__om_key=om_key)


def _reached(reach: Reach) -> Q:
    if reach.everything:
        return Q()
    # Somebody's own reports aren't theirs to answer: keys of staff don't count here.
    return (
        Q(place__team__code__in=reach.team_codes)
        | Q(place__team__pdu__code__in=reach.pdu_codes)
        | Q(place__team__pdu__region__code__in=reach.region_codes)
    )


def _rows(found: QuerySet[MistakeReport], first: int, most: int) -> tuple[MistakeRow, ...]:
    return tuple(_row(*row) for row in found.values_list(*_COLUMNS)[first : first + most])


def _row(pk: int, om_key: str, forename: str, surname: str, team: str, name: str, *others: Any) -> MistakeRow:
    pdu, region, section, line, day, words, state, *rest = others
    return MistakeRow(
        pk,
        om_key,
        full_name(forename, surname, om_key),
        team,
        name,
        Place(om_key, team, pdu, region),
        section,
        line,
        day,
        words,
        MistakeReport.State(state),
        *rest,
    )
