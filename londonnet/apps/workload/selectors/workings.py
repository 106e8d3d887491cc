"""The working of one practitioner-in-team: everything that their figure was made from."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import connection
from django.db.models.expressions import RawSQL

from londonnet.apps.caseload.models import RosterEntry, Sheet
from londonnet.apps.workload.figures import Staffing
from londonnet.apps.workload.points import Workload
from londonnet.apps.workload.support import SUPPORT_DAYS
from londonnet.apps.workload.tiers import Counts
from londonnet.apps.workload.working import working

from .in_force import figures_in_force
from .practitioners import practitioner_rows
from .rows import FiguresInForce, PractitionerRow, PractitionerWorking, ShownOnly, SupportLine, Within
from .staffing import hours_of, reductions_of
from .weight_versions import LOCATION_NAMES, weights_of

_COUNTED: Final = (Sheet.FILTERED.value, Sheet.T2A.value)
_COUNTS: Final = """
SELECT coalesce(json_agg(json_build_array(sheet, location, tier, count)), '[]') FROM caseload_casecount counted
WHERE counted.snapshot_id = caseload_rosterentry.snapshot_id AND counted.place_id = caseload_rosterentry.place_id
    AND counted.sheet IN (%s, %s)
"""
_SUPPORT: Final = """
SELECT contact.contact_date, contact.contact_type_code, contact.contact_type_desc,
    coalesce(nullif(trim(colleague.forename || ' ' || colleague.surname), ''), colleague.om_key),
    CASE WHEN done.id = %(place)s THEN weight.points ELSE -weight.points END
FROM caseload_supportcontact contact
JOIN workload_supportweight weight ON weight.version_id = %(version)s AND weight.code = contact.contact_type_code
JOIN organisation_practitionerinteam done ON done.id = contact.done_by_id
JOIN organisation_practitionerinteam managed ON managed.id = contact.managed_by_id
JOIN organisation_practitioner colleague
    ON colleague.id = CASE WHEN done.id = %(place)s THEN managed.practitioner_id ELSE done.practitioner_id END
WHERE contact.snapshot_id = %(snapshot)s AND %(place)s IN (contact.done_by_id, contact.managed_by_id)
    AND %(datestamp)s::date - contact.contact_date BETWEEN 0 AND %(days)s::integer - 1
    AND done.practitioner_id <> managed.practitioner_id
ORDER BY contact.contact_date DESC, contact.contact_id
"""


def working_of(om_key: str, team_code: str) -> PractitionerWorking | None:
    """The working of one practitioner-in-team in the run in force; None where they have no figure in it.

    A fixed number of queries, however many cases, contacts and reductions they have.
    """
    figures = figures_in_force()
    if figures is None:
        return None
    rows = practitioner_rows(Within("practitioner", om_key), run=figures.run_id)
    row = next((row for row in rows if row.team_code == team_code), None)
    return None if row is None else working_of_row(row, figures)


def working_of_row(row: PractitionerRow, figures: FiguresInForce) -> PractitionerWorking:
    """The working of a figure that has been read already. Five queries."""
    with_counts = RosterEntry.objects.annotate(counts=RawSQL(_COUNTS, _COUNTED))  # noqa: S611  # our own SQL
    entry = with_counts.get(
        snapshot_id=figures.snapshot_id, place__practitioner__om_key=row.om_key, place__team__code=row.team_code
    )
    place_id = entry.place_id
    cases, t2a = (_counts_of(sheet, entry.counts) for sheet in _COUNTED)
    support = _support(place_id, figures)
    hours = hours_of(place_id, on=figures.day)
    reductions = reductions_of(place_id, on=figures.day)
    workload = Workload(
        cases=cases,
        t2a=t2a,
        sdr=entry.sdr_last_30,
        conversions=entry.sdr_conversion_last_30,
        support_done=sum(line.points for line in support if line.points > 0),
        support_received=-sum(line.points for line in support if line.points < 0),
    )
    own_hours = next((period.hours for period in hours if period.holds), None)
    staffing = Staffing(row.grade, own_hours, row.reduction_hours)
    return PractitionerWorking(
        row=row,
        working=working(workload, staffing, weights_of(figures.weights_version)),
        cases=cases,
        t2a=t2a,
        hours=hours,
        reductions=reductions,
        support=support,
        shown_only=_shown_only(entry),
        figures=figures,
    )


def _counts_of(wanted: int, counts: Iterable[tuple[int, int, int, int]]) -> Counts:
    return {(LOCATION_NAMES[location], tier): count for sheet, location, tier, count in counts if sheet == wanted}


def _support(place_id: int, figures: FiguresInForce) -> tuple[SupportLine, ...]:
    parameters: dict[str, int | date] = {
        "place": place_id,
        "version": figures.weights_version,
        "snapshot": figures.snapshot_id,
        "datestamp": figures.datestamp,
        "days": SUPPORT_DAYS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SUPPORT, parameters)
        return tuple(SupportLine(*found) for found in cursor.fetchall())


def _shown_only(entry: RosterEntry) -> ShownOnly:
    return ShownOnly(
        reports_due=entry.sdr_due_next_30,
        oral_reports=entry.oral_reports,
        community_first_16_weeks=entry.community_first_16_weeks,
        licence_first_16_weeks=entry.licence_first_16_weeks,
    )
