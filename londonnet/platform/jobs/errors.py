"""What can be wrong with background work."""

from londonnet.platform.errors import LondonNetError


class JobError(LondonNetError):
    """A job was declared or asked for wrongly."""

    status_code = 500


class JobUnknown(LondonNetError):
    """No job of this trust has that id."""

    status_code = 404

    def __init__(self) -> None:
        super().__init__("There is no such job here. It may have been cleared away since.", "job-unknown")


class JobTakenAway(LondonNetError):
    """The job was given to another worker, because this one had not been heard of for too long."""

    status_code = 500

    def __init__(self) -> None:
        super().__init__("This job is being done by another worker now.", "job-taken-away")
