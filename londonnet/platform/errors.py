"""The one error base of the house."""

from collections.abc import Mapping, Sequence


class LondonNetError(Exception):
    """Something went wrong that a person can be told about.

    Args:
        message: plain words that say what is wrong and what to do next; no personal data.
        code: a short stable name for the kind of error, for programs and for the log.
    """

    status_code = 400
    details: Sequence[Mapping[str, str]] = ()
    """For programs: what exactly is wrong, each with a ``field`` and a ``message``."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class NotAllowed(LondonNetError):
    """The user may not do this, or may not know that the record exists; shown as a page not found."""

    status_code = 404

    def __init__(self, message: str = "Page not found") -> None:
        super().__init__(message, "not-allowed")
