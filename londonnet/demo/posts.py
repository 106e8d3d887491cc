"""The demo service's posts: who works where, at which grade, for how many hours, and how full they are."""

from collections.abc import Iterator
from random import Random
from typing import Final

from .codes import practitioner_keys, unallocated_key
from .names import people_names
from .reductions import no_capacity_reduction, some_reduction, trainee_reduction
from .service import FULL_TIME_HOURS, Post, Team

GRADES: Final = ("PO", "PSO", "TPO", "SPO")
_GRADE_SHARES: Final = (54, 34, 6, 6)
_CODES: Final = {"PO": ("M", "PSM", "NPSM"), "PSO": ("Q", "PSQ", "NPSQ"), "TPO": ("P", "PSP"), "SPO": ("B", "PSB")}
_PART_TIME_HOURS: Final = (18.5, 22.2, 25.9, 29.6, 30.0)
_UNSUPPORTED_CODE: Final = "XX"
_POSTS_A_SPECIAL_TEAM: Final = 3
_MOST_UNALLOCATED: Final = 26


class Recruitment:
    """Hands out posts in the seed's order; no key is given to two people."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._keys = practitioner_keys()
        self._names = people_names(random)

    def new_post(self, team: Team) -> Post:
        """A post of anybody new in the team."""
        grade = self._random.choices(GRADES, _GRADE_SHARES)[0] if team.kind == "field" else "PSO"
        forename, surname = next(self._names)
        code = self._random.choice(_CODES[grade])
        post = Post(next(self._keys), forename, surname, code, grade, team, self._load(grade))
        self._set_hours(post)
        self._set_reports(post)
        return post

    def second_post(self, post: Post, team: Team) -> Post:
        """The same person's half in another team; the first half shrinks to the other half of the week."""
        post.hours, post.reduction, post.is_shared = FULL_TIME_HOURS / 2, None, True
        again = Post(post.key, post.forename, post.surname, post.grade_code, post.grade, team, self._load(post.grade))
        again.hours, again.is_shared = FULL_TIME_HOURS / 2, True
        return again

    def _load(self, grade: str) -> float:
        if grade == "SPO":
            return 0.12 if self._random.random() < 0.4 else 0.0
        low, high = self._random.choices(((0.55, 0.82), (0.82, 1.1), (1.15, 1.45)), (14, 72, 14))[0]
        return self._random.uniform(low, high)

    def _set_hours(self, post: Post) -> None:
        if post.grade == "SPO":
            return
        if self._random.random() < 0.14:
            post.hours = self._random.choice(_PART_TIME_HOURS)
        if post.grade == "TPO":
            post.reduction = trainee_reduction(post.hours_left, self._random)
        elif self._random.random() < 0.09:
            post.reduction = some_reduction(post.hours_left, self._random)

    def _set_reports(self, post: Post) -> None:
        if post.team.kind == "court":
            post.sdr, post.sdr_due = self._random.randint(1, 6), self._random.randint(0, 4)
            post.conversions, post.oral = self._random.randint(0, 5), self._random.randint(0, 12)
        elif post.grade == "PO" and self._random.random() < 0.3:
            post.sdr, post.sdr_due = self._random.randint(0, 2), self._random.randint(0, 2)
            post.conversions, post.oral = self._random.randint(0, 1), self._random.randint(0, 1)


def made_posts(practitioners: int, teams: list[Team], recruitment: Recruitment) -> list[Post]:
    """As many posts as asked for: a few in court teams and in custody, the rest in the field.

    Some field teams have a post for cases that nobody has yet, and some people have two posts.
    """
    field_teams = [team for team in teams if team.kind == "field"]
    special = [team for team in teams if team.kind != "field"]
    posts = [recruitment.new_post(team) for team in special for _ in range(_POSTS_A_SPECIAL_TEAM)][
        : practitioners // 20
    ]
    posts += _unallocated(field_teams, min(practitioners // 60, _MOST_UNALLOCATED, len(field_teams)))
    shared = practitioners // 40
    singles = practitioners - len(posts) - shared
    field_posts = [recruitment.new_post(team) for team in _in_turn(field_teams, singles)]
    _take_all_capacity_of_one(field_posts)
    return posts + field_posts + _second_posts(field_posts, field_teams, shared, recruitment)


def _in_turn(teams: list[Team], number: int) -> Iterator[Team]:
    """Teams for so many posts, neighbours first, so that keys run on within a team."""
    for place in range(number):
        yield teams[place * len(teams) // number]


def _unallocated(teams: list[Team], number: int) -> list[Post]:
    step = max(1, len(teams) // max(number, 1))
    return [
        Post(unallocated_key(place), "Staff", "Unallocated", _UNSUPPORTED_CODE, "DMY", teams[place * step], 0.3)
        for place in range(number)
    ]


def _take_all_capacity_of_one(posts: list[Post]) -> None:
    for post in posts:
        if post.grade == "PO":
            post.reduction = no_capacity_reduction(post.hours or FULL_TIME_HOURS)
            return


def _second_posts(posts: list[Post], teams: list[Team], number: int, recruitment: Recruitment) -> list[Post]:
    able = [post for post in posts[1:] if post.grade in ("PO", "PSO") and post.hours_left > 0]
    seconds = []
    for post in able[:: max(1, len(able) // max(number, 1))][:number]:
        place = teams.index(post.team)
        seconds.append(recruitment.second_post(post, teams[(place + 1) % len(teams)]))
    return seconds
