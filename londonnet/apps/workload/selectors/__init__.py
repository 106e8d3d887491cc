"""Every read of this application: a fixed number of queries each, whatever the size of the trust.

A page that reads more than once does so inside `trusts.snapshot()` and hands `run=figures.moment` on.
"""

from .in_force import figures_as_at, figures_in_force
from .loose_ends import StayedBehind, contact_codes_without_points, stayed_behind
from .organisations import ancestry, organisation_row, organisation_rows, rows_within_reach
from .places import place_of, places_of_practitioner
from .practitioners import practitioner_rows
from .rows import (
    EVERYWHERE,
    LEVELS,
    ORGANISATION_LEVELS,
    FiguresInForce,
    HoursPeriod,
    Level,
    Moment,
    OrganisationLevel,
    OrganisationName,
    OrganisationRow,
    PractitionerRow,
    PractitionerWorking,
    ReductionPeriod,
    ShownOnly,
    SupportLine,
    Within,
)
from .weight_versions import weights_in_force, weights_of
from .workings import working_of

__all__ = [
    "EVERYWHERE",
    "LEVELS",
    "ORGANISATION_LEVELS",
    "FiguresInForce",
    "HoursPeriod",
    "Level",
    "Moment",
    "OrganisationLevel",
    "OrganisationName",
    "OrganisationRow",
    "PractitionerRow",
    "PractitionerWorking",
    "ReductionPeriod",
    "ShownOnly",
    "StayedBehind",
    "SupportLine",
    "Within",
    "ancestry",
    "contact_codes_without_points",
    "figures_as_at",
    "figures_in_force",
    "organisation_row",
    "organisation_rows",
    "place_of",
    "places_of_practitioner",
    "practitioner_rows",
    "rows_within_reach",
    "stayed_behind",
    "weights_in_force",
    "weights_of",
    "working_of",
]
