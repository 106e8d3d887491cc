"""What the national feeds add to the house."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from londonnet.platform.registry import Banner, Hooks, MenuItem, NoticeKind, Schedule, Tile, TopicRule

if TYPE_CHECKING:
    import click
    from django.http import HttpRequest

    from londonnet.platform.access.models import User

TOPIC = "national:load:all"


class NationalHooks(Hooks):
    """A place to send the workbook, a watched folder, and a line on every page when the extract is late."""

    def menu_items(self, user: User) -> Sequence[MenuItem]:
        """The page for those who may send the workbook."""
        from londonnet.platform.access import policy

        return [MenuItem("National extract", "/national", order=800)] if policy.may(user, "national.load") else []

    def home_tiles(self, request: HttpRequest, user: User) -> Sequence[Tile]:
        """Which extract is in force, for those who look after it for the whole trust."""
        from londonnet.platform.access import policy

        if not policy.may(user, "national.quarantine"):
            return ()
        from .selectors import recent_loads

        newest = next((load for load in recent_loads(2) if load.is_in_force), None)
        return [Tile("National extract", "national/tile.html", {"load": newest}, order=80)]

    def banners(self, user: User) -> Sequence[Banner]:
        """Figures of an old day are said to be so, on every page."""
        from .selectors import late_extract

        late = late_extract()
        if late is None:
            return []
        days = f"{late.hours // 24} days" if late.hours >= 48 else f"{late.hours} hours"
        text = f"The newest national extract is {days} old. Figures are as at its day; changes made here are included."
        return [Banner("The national extract is late", text, kind="warning")]

    def live_topics(self) -> Sequence[TopicRule]:
        """Loads are followed by those who may see them."""
        from londonnet.platform.access import policy

        return [TopicRule("national", lambda user, topic: topic == TOPIC and policy.may(user, "national.load"))]

    def notice_kinds(self) -> Sequence[NoticeKind]:
        """A late extract, for those who may send it."""
        explanation = "No newer extract has come in time. You are told once, and again when the next one is late."
        return [
            NoticeKind("national.extract_late", "National extract is late", explanation, permission="national.load")
        ]

    def scheduled_jobs(self) -> Sequence[Schedule]:
        """The watched folder is looked at every five seconds, and whether the extract is late every ten minutes."""
        from .folder import take_in
        from .lateness import tell_if_late

        def look() -> None:
            take_in()

        return [
            Schedule("national.folder", look, every_seconds=5),
            Schedule("national.late", tell_if_late, every_seconds=600),
        ]

    def commands(self) -> Sequence[click.Command]:
        """`londonnet extract …`."""
        from .commands import COMMANDS

        return COMMANDS

    def ready(self) -> None:
        """Let the worker know the jobs."""
        from . import jobs  # noqa: F401  # importing declares them
