"""What the Workload Management Tool adds to the house."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from londonnet.platform.access.policy import TRUST_WIDE, Place, Reach, may, reach
from londonnet.platform.registry import CaseAction, Hooks, MenuItem, NoticeKind, Schedule, Tile, TopicRule

from . import addresses

if TYPE_CHECKING:
    import click
    from django.http import HttpRequest

    from londonnet.platform.access.models import User
    from londonnet.platform.api.routing import ApiRouter

    from .selectors import OrganisationLevel

VIEW = "workload.view"
ALLOCATE = "workload.allocate"
ANSWER_MISTAKES = "workload.answer_mistakes"


class WorkloadHooks(Hooks):
    """Workloads: in the menu, on the home page and on the directory's pages, live, and worked out anew each day."""

    def menu_items(self, user: User) -> Sequence[MenuItem]:
        """The overview for those who answer for more than themselves, and everybody's own workload."""
        reached = reach(user, VIEW)
        items = []
        if _answers_for_others(reached):
            items.append(MenuItem("Workload", addresses.START, order=20))
        elif may(user, "workload.try_weights"):
            items.append(MenuItem("Weights", addresses.WEIGHTS, order=20))
        if may(user, ALLOCATE):
            items.append(MenuItem("Allocation", addresses.ALLOCATION, order=22))
        if reached.staff_keys:
            items.append(MenuItem("My workload", addresses.MINE, order=25))
        if reached.is_empty and may(user, "workload.hours"):
            items.append(MenuItem("Reductions", addresses.REDUCTIONS, order=25))
        return items

    def extract_notes(self, day: date) -> Sequence[str]:
        """Contact codes that count nothing, and hours that stayed behind in a team."""
        from .extract_notes import notes

        return notes(day)

    def home_tiles(self, request: HttpRequest, user: User) -> Sequence[Tile]:
        """The user's own workload, and that of what they answer for."""
        from londonnet.platform.trusts.snapshot import snapshot

        from . import selectors
        from .allocation_tile import waiting_tile
        from .selectors.people import furthest_above

        reached = reach(user, VIEW)
        if reached.is_empty:
            return ()
        with snapshot():
            figures = selectors.figures_in_force()
            run = figures.run_id if figures else None
            mine = [
                row
                for om_key in reached.staff_keys
                for row in selectors.practitioner_rows(selectors.Within("practitioner", om_key), run=run)
            ]
            others = selectors.rows_within_reach(reached, run=run) if figures and _answers_for_others(reached) else []
            above = furthest_above(reached, figures=figures) if figures and others else ()
            waiting = waiting_tile(user, figures) if figures else None
        tiles = [waiting] if waiting else []
        if mine:
            tiles.append(Tile("My workload", "workload/tile_my.html", {"rows": mine, "figures": figures}, order=10))
        if others:
            context = {"rows": others, "above": above, "figures": figures, **_may_do(user)}
            tiles.append(Tile("Workload", "workload/tile_team.html", context, order=15))
        return tiles

    def place_links(self, user: User, level: str, code: str, places: Sequence[Place]) -> Sequence[MenuItem]:
        """The workload of a team, PDU, region or practitioner, if the user may see it."""
        if not any(may(user, VIEW, place) for place in places):
            return ()
        url = addresses.practitioner(code) if level == "practitioner" else addresses.place(level, code)
        return (MenuItem("Workload", url, order=10),)

    def case_actions(self, user: User) -> Sequence[CaseAction]:
        """Giving cases to somebody else, for those who may."""
        return (CaseAction("Reallocate", addresses.ALLOCATION_CHOOSE),) if may(user, ALLOCATE) else ()

    def live_topics(self) -> Sequence[TopicRule]:
        """Figures are followed by those who may see them."""
        return (TopicRule("workload", may_follow),)

    def notice_kinds(self) -> Sequence[NoticeKind]:
        """What practitioners and their managers are told."""
        from .notice_kinds import KINDS

        return KINDS

    def scheduled_jobs(self) -> Sequence[Schedule]:
        """After midnight in London the day that ended is kept, the figures are worked out for the new one, and told."""
        from .jobs import ask_to_tell_of_expiring, ask_to_tell_of_four_weeks, ask_to_tell_posts_apart
        from .services import forget_old_files, keep_days_that_ended

        return (
            Schedule("workload.new_day", keep_days_that_ended, daily=True),
            Schedule("workload.four_weeks_over", ask_to_tell_of_four_weeks, daily=True),
            Schedule("workload.reductions_expiring", ask_to_tell_of_expiring, daily=True),
            Schedule("workload.posts_apart", ask_to_tell_posts_apart, daily=True, hour=2),
            Schedule("workload.forget_files", forget_old_files, daily=True),
        )

    def api_routes(self) -> Sequence[ApiRouter]:
        """Figures and their working, for programs."""
        from .api import ROUTERS

        return ROUTERS

    def commands(self) -> Sequence[click.Command]:
        """`londonnet workload …`."""
        from .commands import COMMANDS

        return COMMANDS

    def ready(self) -> None:
        """Have the figures follow the extract."""
        from . import handlers  # noqa: F401  # importing registers them


def _may_do(user: User) -> dict[str, object]:
    """What the tile of others leads to, and how many reports wait for the user's answer. One query at most."""
    from .selectors.mistakes import open_mistakes

    answers_for = reach(user, ANSWER_MISTAKES)
    return {
        "may_reduce": may(user, "workload.hours"),
        "may_allocate": may(user, ALLOCATE),
        "mistakes": None if answers_for.is_empty else open_mistakes(answers_for),
    }


def may_follow(user: User, topic: str) -> bool:
    """Whether a user may listen to `workload:<level>:<code>`; the trust's code is its slug, or `all`."""
    from .selectors import places_of_practitioner
    from .selectors.rows import ORGANISATION_LEVELS

    application, _, rest = topic.partition(":")
    level, _, code = rest.partition(":")
    if application != "workload" or not code:
        return False
    if (level, code) == ("weights", "all"):
        return may(user, "workload.try_weights")
    if level == "practitioner":
        return any(may(user, VIEW, place) for place in places_of_practitioner(code))
    return any(_may_see(user, known, code) for known in ORGANISATION_LEVELS if known == level)


def _may_see(user: User, level: OrganisationLevel, code: str) -> bool:
    from .selectors import place_of

    place = TRUST_WIDE if (level, code) == ("trust", "all") else place_of(level, code)
    return place is not None and may(user, VIEW, place)


def _answers_for_others(reached: Reach) -> bool:
    return reached.everything or bool(reached.team_codes or reached.pdu_codes or reached.region_codes)
