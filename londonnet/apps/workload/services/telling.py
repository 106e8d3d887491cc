"""Telling people who has come above 110%, and who has been there for four weeks."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

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

ANSWERS_FOR: Final = "workload.answer_mistakes"
"""Whoever answers for somebody's figure is told about it: the nearest of them, not everyone up to the trust."""
WEEKS: Final = 4
_EACH_ALONE: Final = 3
"""So many people of a team are told of each alone; more of them in one notice."""
_MOST_NAMED: Final = 5


@transaction.atomic
def tell_who_is_over(*, place_ids: Collection[int]) -> int:
    """Tell managers, and the people themselves, who has come above 110%; answers how many people that is.

    Those who are below again by now are left out. Nobody is told twice a day about the same person.

    Args:
        place_ids: practitioners-in-team who had come above when this was asked for.
    """
    people = people_above(place_ids)
    _tell(OVER_THE_BAND, people, "above 110%", timezone.localdate())
    return len(people)


@transaction.atomic
def tell_who_is_over_for_weeks() -> int:
    """Tell of those whose fourth week above 110% was full since the last day that was kept; answers how many."""
    today, figures = timezone.localdate(), figures_in_force()
    before = KeptDay.objects.filter(day__lt=today).order_by("-day").values_list("day", flat=True).first()
    if figures is None or before is None:
        return 0
    found = excess_rows("practitioner", asked=lately(today, weeks=WEEKS), figures=figures, only_going_on=True)
    full_on = timedelta(days=7 * WEEKS - 1)
    reached = [row for row in found.rows if not row.began_before and before < row.spell.first_day + full_on <= today]
    people = people_above(place_ids_of((row.code, row.team_code) for row in reached))
    _tell(FOUR_WEEKS_OVER, people, "above 110% for four weeks", today)
    return len(people)


def _tell(kind: NoticeKind, people: Sequence[PersonAbove], words: str, day: date) -> None:
    for _, group in groupby(people, key=lambda person: person.team_code):
        team = list(group)
        managers = nearest_users_with(ANSWERS_FOR, team[0].place)
        if len(team) <= _EACH_ALONE:
            for person in team:
                _tell_of_one(kind, person, managers, words, day)
        else:
            _tell_of_many(kind, team, managers, words, day)
        for person in team:
            _tell_themselves(kind, person, words, day)


def _tell_of_one(kind: NoticeKind, person: PersonAbove, managers: Sequence[int], words: str, day: date) -> None:
    notify(
        kind=kind.name,
        users=managers,
        title=f"{person.name} is {words}",
        text=f"{shown_percent(person.percent)} in {person.team_name}.",
        url=addresses.practitioner(person.om_key, person.team_code),
        once_key=f"{day}:{person.om_key}:{person.team_code}",
    )


def _tell_of_many(
    kind: NoticeKind, team: Sequence[PersonAbove], managers: Sequence[int], words: str, day: date
) -> None:
    named = ", ".join(f"{person.name} {shown_percent(person.percent)}" for person in team[:_MOST_NAMED])
    more = f", and {len(team) - _MOST_NAMED} more" if len(team) > _MOST_NAMED else ""
    notify(
        kind=kind.name,
        users=managers,
        title=f"{len(team)} people in {team[0].team_name} are {words}",
        text=f"{named}{more}.",
        url=addresses.place("team", team[0].team_code),
        once_key=f"{day}:{team[0].team_code}",
    )


def _tell_themselves(kind: NoticeKind, person: PersonAbove, words: str, day: date) -> None:
    user = user_of_staff_key(person.om_key)
    if user is not None:
        notify(
            kind=kind.name,
            users=[user],
            title=f"Your workload is {words}",
            text=f"{shown_percent(person.percent)} in {person.team_name}. Talk it over with your manager.",
            url=addresses.mine(person.team_code),
            once_key=f"{day}:{person.om_key}:{person.team_code}",
        )
