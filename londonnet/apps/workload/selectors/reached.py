"""Places of one level that somebody may see whole."""

from londonnet.platform.access.policy import Reach

from .organisations import organisation_rows
from .rows import Moment, OrganisationLevel, OrganisationRow
from .trial_places import trial_places


def organisation_rows_reached(
    level: OrganisationLevel, reach: Reach, *, run: Moment | None = None
) -> list[OrganisationRow]:
    """The figures of all teams, PDUs or regions that lie whole within reach, by name. Two queries at most."""
    if reach.everything:
        return organisation_rows(level, run=run)
    codes = {one.within.code for one in trial_places(reach) if one.within.level == level}
    return [row for row in organisation_rows(level, run=run) if row.code in codes] if codes else []
