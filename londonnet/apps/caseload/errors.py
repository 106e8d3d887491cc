"""What the caseload can't do, in words that say what to do next."""

from collections.abc import Sequence

from londonnet.platform.errors import LondonNetError


class AllocationRefused(LondonNetError):
    """A case can't be moved as it was asked."""

    status_code = 422

    def __init__(self, message: str, code: str = "allocation-refused") -> None:
        super().__init__(message, code)


class CaseMoved(LondonNetError):
    """Somebody else was quicker: a case isn't with whom it was when the move was chosen. Nothing was changed.

    Args:
        crns: the cases that have moved.
        words: where they are now, a sentence each; for the page, not for the log.
    """

    status_code = 409

    def __init__(self, crns: Sequence[str], words: Sequence[str]) -> None:
        self.crns = tuple(crns)
        self.words = tuple(words)
        which = "The case was" if len(self.crns) == 1 else f"{len(self.crns)} of the cases were"
        super().__init__(
            f"{which} moved by somebody else while you chose. Nothing was changed: look again, and choose once more.",
            "case-moved",
        )
