"""Telling people who has come above 110%, and who has been there for four weeks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from londonnet.apps.workload import addresses
from londonnet.apps.workload.capacity import shown_percent
from londonnet.apps.workload.models import KeptDay
from londonnet.apps.workload.notice_kinds import FOUR_WEEKS_OVER, OVER_THE_BAND
from londonnet.apps.workload.selectors import figures_in_force
from londonnet.apps.workload.selectors.crossing import PersonAbove, people_above, place_ids_of
from londonnet.apps.workload.selectors.excess import excess_rows, lately
from londonnet.platform.access.selectors import nearest_users_with, user_of_staff_key
from londonnet.platform.notices.services import notify
from londonnet.platform.registry import NoticeKind

from .told import told_together

ANSWERS_FOR: Final = "workload.answer_mistakes"
"""Whoever answers for somebody's figure is told about it: the nearest of them, not everyone up to the trust."""
WEEKS: Final = 4
_EACH_ALONE: Final = 3
"""So many people of a team are told of each alone; more of them in one notice."""
_MOST_NAMED: Final = 5


class Words(NamedTuple):
    """What is said of one person, and of several."""

    of_one: str
    of_many: str


_IS_ABOVE: Final = Words("is above 110%", "are above 110%")
_HAS_BEEN_ABOVE: Final = Words("has been above 110% for four weeks", "have been above 110% for four weeks")


@transaction.atomic
def tell_who_is_over(*, place_ids: Collection[int]) -> int:
    """Tell managers, and the people themselves, who has come above 110%; answers how many people that is.

    Those who are below again by now are left out. Nobody is told twice a day about the same person.

    Args:
        place_ids: practitioners-in-team who had come above when this was asked for.
    """
    people = people_above(place_ids)
    _tell(OVER_THE_BAND, people, _IS_ABOVE, timezone.localdate())
    return len(people)


@transaction.atomic
def tell_who_is_over_for_weeks() -> int:
    """Tell of those whose fourth week above 110% was full since the last day that was kept; answers how many."""
    today, figures = timezone.localdate(), figures_in_force()
    before = KeptDay.objects.filter(day__lt=today).order_by("-day").values_list("day", flat=True).first()
    if figures is None or before is None:
        return 0
    found = excess_rows("practitioner", asked=lately(today, weeks=WEEKS), figures=figures, only="still")
    full_on = timedelta(days=7 * WEEKS - 1)
    reached = [row for row in found.rows if not row.began_before and before < row.spell.first_day + full_on <= today]
    people = people_above(place_ids_of((row.code, row.team_code) for row in reached))
    _tell(FOUR_WEEKS_OVER, people, _HAS_BEEN_ABOVE, today)
    return len(people)


def _tell(kind: NoticeKind, people: Sequence[PersonAbove], words: Words, day: date) -> None:
    alone: list[PersonAbove] = []
    managers: dict[str, list[int]] = {}
    for team_code, group in groupby(people, key=lambda person: person.team_code):
        team = list(group)
        managers[team_code] = nearest_users_with(ANSWERS_FOR, team[0].place)
        if len(team) > _EACH_ALONE:
            _tell_of_many(kind, team, managers[team_code], words, day)
            continue
        alone += team
    for of_one in _by_person(alone):
        _tell_of_one(kind, of_one, managers, words, day)
    for figures in _by_person(people):
        _tell_themselves(kind, figures, words, day)


def _by_person(people: Iterable[PersonAbove]) -> Iterable[list[PersonAbove]]:
    """Somebody's figures in all their teams together: they are told once."""
    found: dict[str, list[PersonAbove]] = {}
    for person in people:
        found.setdefault(person.om_key, []).append(person)
    return found.values()


def _tell_of_one(
    kind: NoticeKind, of_one: Sequence[PersonAbove], managers: Mapping[str, Sequence[int]], words: Words, day: date
) -> None:
    """Whoever answers for several of somebody's teams is told of these together; nobody is told of themselves."""
    om_key = of_one[0].om_key
    users_of = {person.team_code: managers[person.team_code] for person in of_one}
    for teams, users in told_together(users_of, but={user_of_staff_key(om_key)}).items():
        notify(
            kind=kind.name,
            users=users,
            title=f"{of_one[0].name} {words.of_one}",
            text=_where([person for person in of_one if person.team_code in teams]),
            url=addresses.practitioner(om_key, teams[0] if len(teams) == 1 else ""),
            once_key=f"{day}:{om_key}",
        )


def _where(figures: Iterable[PersonAbove]) -> str:
    return f"{', '.join(f'{shown_percent(one.percent)} in {one.team_name}' for one in figures)}."


def _tell_of_many(
    kind: NoticeKind, team: Sequence[PersonAbove], managers: Sequence[int], words: Words, day: date
) -> None:
    named = ", ".join(f"{person.name} {shown_percent(person.percent)}" for person in team[:_MOST_NAMED])
    more = f", and {len(team) - _MOST_NAMED} more" if len(team) > _MOST_NAMED else ""
    notify(
        kind=kind.name,
        users=managers,
        title=f"{len(team)} people in {team[0].team_name} {words.of_many}",
        text=f"{named}{more}.",
        url=addresses.place("team", team[0].team_code),
        once_key=f"{day}:{team[0].team_code}",
    )


def _tell_themselves(kind: NoticeKind, figures: Sequence[PersonAbove], words: Words, day: date) -> None:
    om_key = figures[0].om_key
    user = user_of_staff_key(om_key)
    if user is not None:
        notify(
            kind=kind.name,
            users=[user],
            title=f"Your workload {words.of_one}",
            text=f"{_where(figures)} Talk it over with your manager.",
            url=addresses.mine(figures[0].team_code),
            once_key=f"{day}:{om_key}",
        )
