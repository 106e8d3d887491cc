"""What comes out of reading a national workbook: frozen, typed, with nothing about a database in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from .cells import ROW


@dataclass(frozen=True)
class SheetTally:
    """Rows of one sheet below the heading; `read` is the sum of the others. Ignored rows are wholly empty."""

    read: int
    loaded: int
    quarantined: int
    ignored: int


@dataclass(frozen=True)
class Quarantined:
    """A row that wasn't taken in: its first bad cell, and a reason that names every bad one.

    `row` is the row's number in the sheet, the heading being row 1.
    """

    sheet: str
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class QuarantinedText:
    """The quarantined rows of a sheet word for word: row number, then columns c0, c1, … under these headings."""

    headings: tuple[str, ...]
    rows: pl.DataFrame


@dataclass(frozen=True)
class Note:
    """Something about the file that its reader should know, and that refused nothing."""

    code: str
    message: str


@dataclass(frozen=True)
class Organisation:
    """The places that the file names, one row a code; where the file disagrees with itself, its later row.

    Attributes:
        regions: code, name.
        pdus: code, name, region_code.
        ldus: code, name, pdu_code.
        teams: code, name, pdu_code, ldu_code (may be null).
    """

    regions: pl.DataFrame
    pdus: pl.DataFrame
    ldus: pl.DataFrame
    teams: pl.DataFrame


@dataclass(frozen=True)
class WorkbookReading:
    """A whole workbook, read and validated.

    Attributes:
        digest: what the reading was made from: sha256 (hex) of the file, and of the mended rows where there were any.
        source_digest: sha256 (hex) of the file alone; a quarantine workbook names it.
        datestamp: the file's day.
        seconds: how long the reading took.
        sheets: rows read, loaded, quarantined and ignored, by sheet, in the layout's order.
        quarantine: sheet, row, column, value, reason of every quarantined row.
        quarantined_text: the quarantined rows word for word, by sheet.
        notes: what else should be known.
        organisation: regions, PDUs, LDUs and teams.
        identities: practitioners-in-team (om_key, team_code, pdu_code, region_code, ldu_code, surname, forename,
            grade_code, grade, trust, and in_<sheet> true where a sheet names them). One row a key.
        counts: for each workload sheet om_key, team_code, location, tier 0…32, count; counts of 0 are left out.
        first_weeks: sheet, om_key, team_code, comin1st16weeks, licin1st16weeks, vcrn_count.
        court_reports: om_key, team_code, team_staff_grade_code, sdr_last_30, sdr_due_next_30, sdr_conv_last_30,
            oral_reports.
        cases: crn, om_key, team_code, tier, location, row_type, grade_code. One row a CRN.
        flags: crn, kind (a value of `layout.ROW_TYPES`), detail. One row each.
        suspended: wmt_extract_sa: crn, om_key, team_code, tier, location, row_type, disposal_type_code,
            disposal_type_desc, standalone_order.
        lifers: suspended_lifers: crn, om_key, team_code, tier, location, in_custody and the register's columns.
        contacts: cms: contact_id, crn, contact_date, contact_type_code, contact_type_desc, contact_staff_key,
            contact_team_key, om_key, om_team_key, and the other columns of the sheet.
        t2a_events: t2a_detail: the sheet's columns, dates as dates, age as a number.
    """

    digest: str
    source_digest: str
    datestamp: date
    seconds: float
    sheets: Mapping[str, SheetTally]
    quarantine: pl.DataFrame
    quarantined_text: Mapping[str, QuarantinedText]
    notes: tuple[Note, ...]
    organisation: Organisation
    identities: pl.DataFrame
    counts: Mapping[str, pl.DataFrame]
    first_weeks: pl.DataFrame
    court_reports: pl.DataFrame
    cases: pl.DataFrame
    flags: pl.DataFrame
    suspended: pl.DataFrame
    lifers: pl.DataFrame
    contacts: pl.DataFrame
    t2a_events: pl.DataFrame

    @cached_property
    def quarantined(self) -> list[Quarantined]:
        """Every quarantined row, by sheet and row."""
        columns = self.quarantine.select("sheet", ROW, "column", "value", "reason")
        return [Quarantined(*row) for row in columns.iter_rows()]
