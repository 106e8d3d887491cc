"""What can be wrong with a saved view."""

from londonnet.platform.errors import LondonNetError


class BadName(LondonNetError):
    """A view was to have a name that it can't have; the message stands beside the field."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "bad-view-name")


class TooManyViews(LondonNetError):
    """Somebody has as many views of a list as there may be."""

    def __init__(self, most: int) -> None:
        super().__init__(f"You have {most} views of this list. Delete one before you save another.", "too-many-views")
