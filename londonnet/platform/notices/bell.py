"""The bell at the top of every page."""

from functools import cached_property

from londonnet.platform.access.models import User

from . import selectors
from .topics import topic_of


class Bell:
    """How many notices a user hasn't read: one query, and only where a page prints it, so fragments don't ask."""

    def __init__(self, user: User) -> None:
        self._user = user
        self.topic = topic_of(user.pk)

    @cached_property
    def unread(self) -> int:
        """How many, up to a hundred."""
        return selectors.unread_count(self._user)

    @property
    def shown(self) -> str:
        """The count as it is printed: 99+ where there are more."""
        return str(self.unread) if self.unread < selectors.MOST_COUNTED else f"{selectors.MOST_COUNTED - 1}+"
