"""The lists of allocation: their columns and filters, each declared once."""

from typing import Final

from londonnet.apps.caseload.flags import FLAGS
from londonnet.apps.caseload.models import Location
from londonnet.apps.caseload.tiers import TIER_NAMES
from londonnet.platform.lists.columns import Column, Kind
from londonnet.platform.lists.filters import Filter
from londonnet.platform.lists.spec import ListSpec, declare

UNALLOCATED: Final = declare(
    ListSpec(
        "workload.unallocated",
        (
            Column("crn", "Case", of=lambda row: row.crn, always=True, own_cell=True),
            Column(
                "since",
                "Waiting since",
                Kind.DATE,
                lambda row: row.since,
                without=lambda row: "not known",
            ),
            Column("tier", "Tier", of=lambda row: row.tier),
            Column("location", "Location", of=lambda row: row.location),
            Column(
                "flags",
                "Flags",
                of=lambda row: ", ".join(one.label for one in row.flags),
                sortable=False,
                own_cell=True,
            ),
            Column("team", "Team", of=lambda row: row.team_name),
        ),
        filters=(
            Filter("tier", "Tier", "choices", choices=tuple((name, name) for name in TIER_NAMES)),
            Filter("location", "Location", choices=tuple((one.name.lower(), str(one.label)) for one in Location)),
            Filter("flag", "Flag", choices=tuple((one.name, one.label) for one in FLAGS)),
            Filter("team", "Team"),
        ),
        noun="case",
        default_sort="since",
    )
)
