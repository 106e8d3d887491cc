"""The lists of allocation: their columns and filters, each declared once."""

from typing import Final

from londonnet.apps.caseload.flags import FLAGS
from londonnet.apps.caseload.models import Location
from londonnet.apps.caseload.tiers import TIER_NAMES
from londonnet.platform.lists.columns import Column, Kind
from londonnet.platform.lists.filters import Filter
from londonnet.platform.lists.spec import ListSpec, declare

CONTRADICTED: Final = "contradicted"
"""Differences that an extract of a later day has made."""

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

DIFFERENCES: Final = declare(
    ListSpec(
        "workload.differences",
        (
            Column("crn", "Case", of=lambda row: row.crn, always=True, own_cell=True),
            Column("tier", "Tier", of=lambda row: row.tier, default=False, sortable=False),
            Column("made", "Moved here", Kind.DATE, lambda row: row.made_at.date()),
            Column(
                "ours",
                "We say",
                of=lambda row: row.taker.name,
                note=lambda row: row.taker.team_name,
                note_label="Team that we say",
                own_cell=True,
            ),
            Column(
                "record",
                "The national record says",
                of=lambda row: row.holder or None,
                note=lambda row: row.holder_team,
                note_label="Team that the record says",
                without=lambda row: "not named any more" if row.is_compared else "not compared yet",
                own_cell=True,
            ),
            Column("giver", "From", of=lambda row: row.giver.name, default=False),
            Column("by", "Moved by", of=lambda row: row.made_by),
        ),
        filters=(
            Filter(
                "compared",
                "Compared with an extract",
                choices=((CONTRADICTED, "Contradicted by it"), ("not-yet", "Not yet compared")),
            ),
        ),
        noun="difference",
        default_sort="made",
    )
)

HISTORY: Final = declare(
    ListSpec(
        "workload.allocations",
        (
            Column("made", "When", Kind.MOMENT, lambda row: row.made_at, always=True, sortable=False, own_cell=True),
            Column("what", "What", of=lambda row: row.kind.label, sortable=False),
            Column("cases", "Cases", Kind.WHOLE, lambda row: row.cases, sortable=False),
            Column("givers", "From", of=lambda row: ", ".join(row.givers), sortable=False),
            Column("takers", "To", of=lambda row: ", ".join(row.takers), sortable=False),
            Column("by", "By", of=lambda row: row.made_by, sortable=False),
            Column("reason", "Why", of=lambda row: row.reason, sortable=False),
            Column("state", "What became of it", of=lambda row: row.became, sortable=False),
        ),
        noun="move",
        default_sort="made",
    )
)
