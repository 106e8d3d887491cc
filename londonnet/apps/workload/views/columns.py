"""The lists of this application: their columns and filters, each declared once."""

from dataclasses import replace
from typing import Final

from londonnet.apps.organisation.grades import GRADE_NAMES
from londonnet.apps.workload.selectors import OrganisationLevel
from londonnet.apps.workload.selectors.people import NO_GRADE, Standing
from londonnet.platform.lists.columns import Column, Kind
from londonnet.platform.lists.filters import Filter
from londonnet.platform.lists.spec import ListSpec, declare

from .lines import trend_text
from .standings import label_of

_NOUNS: Final[dict[OrganisationLevel, str]] = {"region": "region", "pdu": "PDU", "team": "team"}


def _capacity(decimals: int) -> Column:
    return Column(
        "capacity",
        "Capacity",
        Kind.BAR,
        lambda line: line.row.capacity,
        decimals=decimals,
        without=lambda line: line.row.capacity_note,
    )


_CARRIED: Final = (
    Column("points", "Points held", Kind.WHOLE, lambda line: line.row.points.total),
    Column("available", "Points available", Kind.WHOLE, lambda line: line.row.available),
    Column("cases", "Cases", Kind.WHOLE, lambda line: line.row.cases, url=lambda line: line.cases_url),
)
_T2A: Final = Column("t2a", "T2A cases", Kind.WHOLE, lambda line: line.row.t2a_cases, default=False)
_REMAINING: Final = Column(
    "remaining",
    "Points remaining",
    Kind.WHOLE,
    lambda line: line.row.available - line.row.points.total,
)
_SUPPORT: Final = Column("support", "Support points", Kind.WHOLE, lambda line: line.row.points.support, default=False)

_HOURS: Final = Column("hours", "Hours", Kind.HOURS, lambda line: line.row.contracted_hours)
_REDUCTIONS: Final = Column(
    "reductions", "Reductions", Kind.HOURS, lambda line: line.row.reduction_hours, default=False
)


def _places(level: OrganisationLevel, name: str, label: str) -> ListSpec:
    return ListSpec(
        name,
        (
            Column(
                "name",
                label,
                of=lambda line: line.row.name,
                always=True,
                comes_sorted=True,
                url=lambda line: line.url,
                note=lambda line: line.row.code,
                note_label="Code",
            ),
            _capacity(1),
            *_CARRIED,
            _REMAINING,
            _T2A,
            _SUPPORT,
            replace(_HOURS, default=False),
            _REDUCTIONS,
            Column("practitioners", "Practitioners", Kind.WHOLE, lambda line: line.row.people),
            Column(
                "unmeasured",
                "Points not measured",
                Kind.WHOLE,
                lambda line: line.row.points_of_people_not_measured,
            ),
            Column(
                "unallocated",
                "Points of unallocated cases",
                Kind.WHOLE,
                lambda line: line.row.unallocated.points,
                default=False,
            ),
        ),
        noun=_NOUNS[level],
        size=0,
    )


PLACES: Final[dict[OrganisationLevel, ListSpec]] = {
    "region": declare(_places("region", "workload.regions", "Region")),
    "pdu": declare(_places("pdu", "workload.pdus", "PDU")),
    "team": declare(_places("team", "workload.teams", "Team")),
}

_NAME: Final = Column(
    "name",
    "Practitioner",
    of=lambda line: line.row.name,
    always=True,
    comes_sorted=True,
    note=lambda line: line.row.om_key,
    note_label="Key",
    own_cell=True,
)
_GRADE: Final = Column("grade", "Grade", of=lambda line: line.row.grade, without=lambda line: "none given")
_TREND: Final = Column("trend", "Last 13 weeks", of=lambda line: trend_text(line.trend), sortable=False, own_cell=True)
_RECORD: Final = Column(
    "record",
    "Record",
    of=lambda line: "Incomplete" if line.row.is_incomplete else "Complete",
    default=False,
    sortable=False,
)

PRACTITIONERS: Final = declare(
    ListSpec(
        "workload.team",
        (_NAME, _capacity(0), _TREND, _GRADE, *_CARRIED, _REMAINING, _T2A, _SUPPORT, _HOURS, _REDUCTIONS, _RECORD),
        noun="practitioner",
        size=0,
    )
)
"""Those of one team."""

PEOPLE: Final = declare(
    ListSpec(
        "workload.people",
        (
            _NAME,
            _capacity(0),
            Column("team", "Team", of=lambda line: line.row.team_name, url=lambda line: line.team_url),
            _GRADE,
            *_CARRIED,
            _REMAINING,
            _T2A,
            _SUPPORT,
            _HOURS,
            _REDUCTIONS,
            _RECORD,
        ),
        filters=(
            Filter(
                "band",
                "Capacity band",
                choices=tuple((str(one), label_of(one)) for one in Standing),
            ),
            Filter("capacity", "Capacity", "numbers", unit="%"),
            Filter("grade", "Grade", "choices", choices=(*GRADE_NAMES.items(), (NO_GRADE, "None given"))),
        ),
        noun="practitioner",
    )
)
"""Those of any part of the trust: with the team, and without what the team's own list adds."""
