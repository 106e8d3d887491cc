"""The list of reductions: its columns and filters."""

from typing import Final

from londonnet.apps.workload import addresses
from londonnet.apps.workload.selectors.reductions import Shown
from londonnet.platform.lists.columns import Column, Kind
from londonnet.platform.lists.filters import Filter
from londonnet.platform.lists.spec import ListSpec, declare

from .staffing_fields import KIND_NAMES

LABELS: Final = {
    Shown.ACTIVE: "Active",
    Shown.EXPIRING: "Expiring within 30 days",
    Shown.SCHEDULED: "Scheduled",
    Shown.OVER: "Over",
    Shown.DELETED: "Deleted",
}

REDUCTIONS: Final = declare(
    ListSpec(
        "workload.reductions",
        (
            Column(
                "name",
                "Practitioner",
                of=lambda row: row.name,
                always=True,
                url=lambda row: addresses.reduction(row.number),
                note=lambda row: row.om_key,
                note_label="Key",
            ),
            Column("team", "Team", of=lambda row: row.team_name),
            Column("reason", "Reason", of=lambda row: row.reason),
            Column("hours", "Hours a week", Kind.HOURS, lambda row: row.hours),
            Column("from", "From", Kind.DATE, lambda row: row.first_day),
            Column("to", "To", Kind.DATE, lambda row: row.last_day, without=lambda row: "no end date"),
            Column("kind", "Kind", of=lambda row: KIND_NAMES[row.kind], default=False, sortable=False),
            Column("notes", "Notes", of=lambda row: row.notes, default=False, sortable=False),
        ),
        filters=(
            Filter(
                "status", "Status", choices=tuple((one.value, label) for one, label in LABELS.items()), in_panel=False
            ),
            Filter("kind", "Kind", "choices", choices=tuple(KIND_NAMES.items())),
        ),
        noun="reduction",
    )
)
