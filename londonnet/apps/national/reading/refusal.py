"""Saying no to a whole file, with every reason at once."""

from collections.abc import Sequence
from typing import Self

from londonnet.platform.errors import LondonNetError


class WorkbookRefused(LondonNetError):
    """The file as a whole can't be taken in; nothing of it was loaded.

    Attributes:
        reasons: every reason found, each in plain words that say what to do next.
    """

    def __init__(self, reasons: Sequence[str], code: str = "workbook-refused") -> None:
        super().__init__(" ".join(reasons), code)
        self.reasons = tuple(reasons)

    @classmethod
    def because(cls, reason: str, code: str = "workbook-refused") -> Self:
        """A refusal for one reason."""
        return cls((reason,), code)
