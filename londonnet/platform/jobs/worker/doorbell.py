"""Which trusts may have work: rung by the watch, answered by slots that are free."""

import threading
from collections import OrderedDict

from londonnet.platform.trusts import Trust


class Doorbell:
    """Trusts in the order in which they rang; one that rings twice stands in the line once."""

    def __init__(self) -> None:
        self._line: OrderedDict[str, Trust] = OrderedDict()
        self._changed = threading.Condition()
        self._is_closed = False

    def ring(self, trust: Trust) -> None:
        """Put a trust at the end of the line, unless it stands there."""
        with self._changed:
            self._line.setdefault(trust.database, trust)
            self._changed.notify()

    def answer(self) -> Trust | None:
        """Wait for the next trust; None when the bell is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._line or self._is_closed)
            if self._is_closed:
                return None
            return self._line.popitem(last=False)[1]

    def close(self) -> None:
        """Let nobody in any more: all who wait are answered None."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
