"""What a week changes in the demo service: people come, leave and move, cases open, close and change."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from random import Random

from londonnet.apps.organisation.unallocated import is_unallocated

from .caseload import new_case, new_tier
from .posts import Recruitment
from .service import Post, Service


def live_a_week(service: Service, random: Random, recruitment: Recruitment, crns: Iterator[str]) -> None:
    """Change the service as a week does; the same random source makes the same changes."""
    movable = [
        post for post in service.posts if post.team.kind == "field" and not post.is_shared and post.grade != "DMY"
    ]
    some = max(1, len(movable) // 100)
    chosen = random.sample(movable, min(2 * some, len(movable)))
    # Who comes is there before anybody leaves, so that every leaver's cases find somebody in the team.
    service.posts += [recruitment.new_post(post.team) for post in chosen[:some]]
    _leave(service, chosen[:some], random)
    _move(service, chosen[some:], random)
    _change_cases(service, random, crns)


def _leave(service: Service, leavers: list[Post], random: Random) -> None:
    leaving = set(leavers)
    service.posts = [post for post in service.posts if post not in leaving]
    stayers = _by_team(service.posts)
    for case in service.cases:
        if case.post in leaving:
            case.post = random.choice(stayers[case.post.team.code])


def _move(service: Service, movers: list[Post], random: Random) -> None:
    """Movers take their cases along; their hours and reductions belong to the post they left."""
    field_teams = [team for team in service.teams if team.kind == "field"]
    for post in movers:
        others = [team for team in field_teams if team != post.team]
        if others:
            post.team = random.choice(others)


def _by_team(posts: list[Post]) -> dict[str, list[Post]]:
    by_team: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        by_team[post.team.code].append(post)
    return by_team


def _change_cases(service: Service, random: Random, crns: Iterator[str]) -> None:
    total = len(service.cases)
    if not total:
        return
    closed = set(random.sample(service.cases, total // 33))
    service.cases = [case for case in service.cases if case not in closed]
    for case in random.sample(service.cases, min(total // 50, len(service.cases))):
        case.tier, case.disposal = new_tier(case.post, random), ""
    holders = [case.post for case in service.cases] or service.posts
    waiting = {post.team.code: post for post in service.posts if is_unallocated(post.key)}
    service.cases += [
        new_case(_opened_with(random.choice(holders), waiting, random), next(crns), random) for _ in closed
    ]


def _opened_with(post: Post, waiting: Mapping[str, Post], random: Random) -> Post:
    """Whose a new case is: where a team has a post for cases that nobody has yet, a third of them wait there."""
    return waiting.get(post.team.code, post) if random.random() < 0.33 else post
