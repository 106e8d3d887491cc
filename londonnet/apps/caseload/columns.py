"""The list of cases: its columns and filters."""

from typing import Final

from londonnet.apps.organisation.grades import GRADE_NAMES
from londonnet.platform.lists.columns import Column
from londonnet.platform.lists.filters import Filter
from londonnet.platform.lists.spec import ListSpec, declare

from .flags import FLAGS
from .models import Location
from .tiers import TIER_NAMES

NO_GRADE: Final = "none"
TIER_GROUP_NAMES: Final = {
    **{letter: f"{letter}3 to {letter}0" for letter in "ABCD"},
    "S": "All suspended (S)",
}
LOCATION_NAMES: Final = {location.name.lower(): location for location in Location}

CASES: Final = declare(
    ListSpec(
        "caseload.cases",
        (
            Column("crn", "CRN", of=lambda case: case.crn, always=True, own_cell=True),
            Column("tier", "Tier", of=lambda case: case.tier),
            Column("location", "Location", of=lambda case: case.location),
            Column("practitioner", "Practitioner", of=lambda case: case.practitioner),
            Column("key", "Practitioner’s key", of=lambda case: case.om_key, default=False, sortable=False),
            Column("team", "Team", of=lambda case: case.team),
            Column("team-code", "Team code", of=lambda case: case.team_code, default=False, sortable=False),
            Column(
                "flags",
                "Flags",
                of=lambda case: ", ".join(flag.label for flag in case.flags),
                sortable=False,
                own_cell=True,
            ),
        ),
        filters=(
            Filter("tier", "Tier", choices=(*TIER_GROUP_NAMES.items(), *((tier, tier) for tier in TIER_NAMES))),
            Filter(
                "location", "Location", choices=tuple((name, str(one.label)) for name, one in LOCATION_NAMES.items())
            ),
            Filter("flag", "Flag", choices=tuple((flag.name, flag.label) for flag in FLAGS)),
            Filter("t2a", "Transition to adulthood (T2A)", choices=(("yes", "Yes"), ("no", "No"))),
            Filter("active", "Active", choices=(("yes", "Neither warrant nor overdue"), ("no", "Warrant or overdue"))),
            Filter("omic", "Offender management in custody (OMiC)", choices=(("yes", "Yes"), ("no", "No"))),
            Filter("grade", "Grade of the practitioner", choices=(*GRADE_NAMES.items(), (NO_GRADE, "None given"))),
            # A case is found by its CRN in the search box; here it only comes in a link, and no view keeps it.
            Filter("crn", "CRN", "text", in_panel=False, identifies=True),
        ),
        noun="case",
        default_sort="crn",
    )
)
