"""What can go wrong in the organisation."""

from londonnet.platform.errors import LondonNetError, NotAllowed


class NotKnown(NotAllowed):
    """There is no region, PDU, team or practitioner of that code; on a page the same as one that may not be seen."""

    def __init__(self, level: str, code: str) -> None:
        super().__init__(f"There is no {level} {code}. Check the code.")


class BrokenRoster(LondonNetError):
    """The rows of a roster can't be applied: their reader let through what it should have held back."""

    status_code = 500

    def __init__(self, message: str) -> None:
        super().__init__(message, "broken-roster")
