"""An open page, as the hub sees it."""

import asyncio
from collections.abc import Iterable


class Page:
    """What changed for one open page since it was last told: a set of topics, so it never grows beyond them.

    Args:
        topics: what the page listens to.
        checks: topics that ask for another look at whether the page may go on listening.
    """

    __slots__ = ("_changed", "_woken", "checks", "is_ending", "must_check", "topics")

    def __init__(self, topics: Iterable[str], checks: Iterable[str]) -> None:
        self.topics = frozenset(topics)
        self.checks = frozenset(checks)
        self.must_check = False
        self.is_ending = False
        self._changed: set[str] = set()
        self._woken = asyncio.Event()

    @property
    def ears(self) -> frozenset[str]:
        """Everything that wakes it."""
        return self.topics | self.checks

    def touch(self, topic: str) -> None:
        """Note that something changed; never waits, however slowly the page reads."""
        if topic in self.checks:
            self.must_check = True
        else:
            self._changed.add(topic)
        self._woken.set()

    def touch_all(self) -> None:
        """Note that anything may have changed."""
        for topic in self.ears:
            self.touch(topic)

    def narrow(self, topics: frozenset[str]) -> None:
        """Listen to these only from now on; what it may no longer hear of isn't told any more."""
        self.topics = self.topics & topics
        self._changed &= self.topics

    def set(self) -> None:
        """The process is about to stop: say good-bye. Named as the library that calls it wants it."""
        self.is_ending = True
        self._woken.set()

    def take(self) -> list[str]:
        """What changed since the last time."""
        changed = sorted(self._changed)
        self._changed.clear()
        return changed

    async def woken(self, within: float) -> None:
        """Wait until there is something to do, or the time is over.

        Args:
            within: seconds.
        """
        try:
            await asyncio.wait_for(self._woken.wait(), max(0.0, within))
        except TimeoutError:
            return
        self._woken.clear()
