"""The working of one practitioner-in-team: everything that their figure was made from."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db.models.expressions import RawSQL

from londonnet.apps.caseload.models import RosterEntry, Sheet
from londonnet.apps.workload.figures import Staffing
from londonnet.apps.workload.lines_of_working import NamedLine, named_lines
from londonnet.apps.workload.points import Workload
from londonnet.apps.workload.record_checks import RecordCounts, record_checks
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
    AND counted.sheet IN (%s, %s, %s)
"""
_RECENT: Final = f"""
contact.snapshot_id = caseload_rosterentry.snapshot_id
    AND caseload_rosterentry.place_id IN (contact.done_by_id, contact.managed_by_id)
    AND %s::date - contact.contact_date BETWEEN 0 AND {SUPPORT_DAYS - 1}
"""
_SUPPORT: Final = f"""
SELECT coalesce(json_agg(json_build_array(contact.contact_date, contact.contact_type_code, contact.contact_type_desc,
    coalesce(nullif(trim(colleague.forename || ' ' || colleague.surname), ''), colleague.om_key),
    CASE WHEN done.id = caseload_rosterentry.place_id THEN weight.points ELSE -weight.points END
) ORDER BY contact.contact_date DESC, contact.contact_id), '[]')
FROM caseload_supportcontact contact
JOIN workload_supportweight weight ON weight.version_id = %s AND weight.code = contact.contact_type_code
JOIN organisation_practitionerinteam done ON done.id = contact.done_by_id
JOIN organisation_practitionerinteam managed ON managed.id = contact.managed_by_id
JOIN organisation_practitioner colleague
    ON colleague.id = CASE WHEN done.id = caseload_rosterentry.place_id
        THEN managed.practitioner_id ELSE done.practitioner_id END
WHERE {_RECENT} AND done.practitioner_id <> managed.practitioner_id
"""  # noqa: S608  # our own SQL
_FLAGGED: Final = """
SELECT json_build_array(count(*) FILTER (WHERE held.tier = 0), count(*) FILTER (WHERE held.is_overdue_termination),
    count(*) FILTER (WHERE held.is_warrant))
FROM caseload_case held
WHERE held.snapshot_id = caseload_rosterentry.snapshot_id AND held.place_id = caseload_rosterentry.place_id
"""
_UNKNOWN_CODES: Final = f"""
SELECT coalesce(json_agg(json_build_array(code, contacts) ORDER BY code), '[]') FROM (
    SELECT contact.contact_type_code AS code, count(*) AS contacts
    FROM caseload_supportcontact contact
    LEFT JOIN workload_supportweight weight
        ON weight.version_id = %s AND weight.code = contact.contact_type_code
    WHERE {_RECENT} AND weight.code IS NULL
    GROUP BY contact.contact_type_code
) unknown
"""  # noqa: S608  # our own SQL


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
    """The working of a figure that has been read already. Four queries."""
    entry = _entry(row, figures)
    place_id = entry.place_id
    cases, t2a = (_counts_of(sheet, entry.counts) for sheet in _COUNTED)
    support = tuple(_support_line(*line) for line in entry.support)
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
        record=_record(entry, row),
        has_omic=any(sheet == Sheet.OMIC for sheet, *_ in entry.counts),
        figures=figures,
    )


def _counts_of(wanted: int, counts: Iterable[tuple[int, int, int, int]]) -> Counts:
    return {(LOCATION_NAMES[location], tier): count for sheet, location, tier, count in counts if sheet == wanted}


def lines_to_report(row: PractitionerRow, figures: FiguresInForce) -> list[NamedLine]:
    """Every line of somebody's own page that can be said to be wrong."""
    shown = working_of_row(row, figures)
    return [*named_lines(shown.working), *_checked(shown.record)]


def _checked(record: RecordCounts) -> list[NamedLine]:
    checks = record_checks(record)
    return [NamedLine(f"record-{check.key}", "What looks wrong in the record", check.found) for check in checks]


def _entry(row: PractitionerRow, figures: FiguresInForce) -> Any:
    """What the extract says of them, with their counts, contacts and flags. One query."""
    dated = (figures.weights_version, figures.datestamp)
    with_parts = RosterEntry.objects.annotate(
        counts=RawSQL(_COUNTS, (*_COUNTED, Sheet.OMIC.value)),  # noqa: S611  # our own SQL
        support=RawSQL(_SUPPORT, dated),  # noqa: S611
        flagged=RawSQL(_FLAGGED, ()),  # noqa: S611
        unknown_codes=RawSQL(_UNKNOWN_CODES, dated),  # noqa: S611
    )
    return with_parts.get(
        snapshot_id=figures.snapshot_id, place__practitioner__om_key=row.om_key, place__team__code=row.team_code
    )


def _support_line(day: str, code: str, description: str, colleague: str, points: int) -> SupportLine:
    return SupportLine(date.fromisoformat(day), code, description, colleague, points)


def _record(entry: Any, row: PractitionerRow) -> RecordCounts:
    untiered, overdue, warrants = entry.flagged
    codes = tuple((code, contacts) for code, contacts in entry.unknown_codes)
    return RecordCounts(untiered, overdue, warrants, codes, row.is_incomplete)


def _shown_only(entry: RosterEntry) -> ShownOnly:
    return ShownOnly(
        reports_due=entry.sdr_due_next_30,
        oral_reports=entry.oral_reports,
        community_first_16_weeks=entry.community_first_16_weeks,
        licence_first_16_weeks=entry.licence_first_16_weeks,
    )
