"""Who is told of what together: one notice for each event and person, however many of their teams it concerns."""

from collections.abc import Collection, Iterable, Mapping


def told_together(
    users_of: Mapping[str, Iterable[int]], *, but: Collection[int | None] = ()
) -> dict[tuple[str, ...], list[int]]:
    """Users by all the teams that each of them is told about: those with the same teams get the same notice.

    Args:
        users_of: who answers for each team, by the teams' codes.
        but: users who aren't told.
    """
    teams_of: dict[int, list[str]] = {}
    for team, users in users_of.items():
        for user in users:
            if user not in but:
                teams_of.setdefault(user, []).append(team)
    together: dict[tuple[str, ...], list[int]] = {}
    for user, teams in teams_of.items():
        together.setdefault(tuple(teams), []).append(user)
    return together
