"""A reading's rows on their way into the caseload's tables: keys turned into places, and COPY."""

import polars as pl
from django.db import connection

from londonnet.apps.caseload.models import Location, Sheet, Snapshot

from .layout import normalised
from .reading import WorkbookReading

_KEY = ["om_key", "team_code"]
_SHEETS = {
    "wmt_extract_filtered": Sheet.FILTERED,
    "wmt_extract": Sheet.ALL,
    "t2a": Sheet.T2A,
    "omic_teams": Sheet.OMIC,
}
_LOCATIONS = {location.name: location.value for location in Location}
_SCORED = ("wmt_extract_filtered", "t2a", "court_reports")
# The case's column for each flag, and the kind that the reading calls it.
_FLAGS = {
    "is_warrant": "warrant",
    "is_unpaid_work": "unpaid_work",
    "is_overdue_termination": "overdue",
    "is_priority": "priority",
    "is_suspended": "suspended",
    "is_standalone_order": "standalone",
    "is_suspended_lifer": "suspended_lifer",
}


def copy_snapshot(reading: WorkbookReading, snapshot: Snapshot) -> None:
    """Copy everything that a reading holds into a snapshot's rows. The places must exist.

    The number of statements doesn't depend on the number of rows.
    """
    places = _places()
    writing = _Writing(snapshot.pk, places)
    writing.copy("caseload_rosterentry", _roster(reading, places))
    for sheet, number in _SHEETS.items():
        writing.copy("caseload_casecount", _counts(reading.counts[sheet], number))
    writing.copy("caseload_case", _cases(reading))
    writing.copy("caseload_suspendedlifer", _lifers(reading))
    writing.copy("caseload_standaloneorder", _orders(reading))
    writing.copy("caseload_supportcontact", _contacts(reading, places))
    writing.copy("caseload_t2aevent", _t2a_events(reading))
    with connection.cursor() as cursor:
        # The planner must know of the new rows, or it expects none of them and walks them one by one.
        cursor.execute("SELECT national_count_rows_anew()")


class _Writing:
    """COPY into one snapshot; rows that carry om_key and team_code get the place's id in their stead."""

    def __init__(self, snapshot_id: int, places: pl.DataFrame) -> None:
        self._snapshot_id = snapshot_id
        self._places = places

    def copy(self, table: str, rows: pl.DataFrame) -> None:
        if "om_key" in rows.columns and "team_code" in rows.columns and table != "caseload_t2aevent":
            rows = rows.join(self._places, on=_KEY, how="inner").drop(_KEY)
        rows = rows.with_columns(pl.lit(self._snapshot_id).alias("snapshot_id"))
        columns = ", ".join(f'"{name}"' for name in rows.columns)
        command = f"COPY {table} ({columns}) FROM STDIN (FORMAT csv)"
        with connection.cursor() as cursor, cursor.copy(command) as copy:
            # Text is quoted and a missing value isn't: COPY tells an empty text from none by that.
            copy.write(rows.write_csv(include_header=False, quote_style="non_numeric").encode())


def _places() -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.om_key, t.code, place.id FROM organisation_practitionerinteam place"
            " JOIN organisation_practitioner p ON p.id = place.practitioner_id"
            " JOIN organisation_team t ON t.id = place.team_id"
        )
        rows = cursor.fetchall()
    schema = {"om_key": pl.String, "team_code": pl.String, "place_id": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _roster(reading: WorkbookReading, places: pl.DataFrame) -> pl.DataFrame:
    weeks = reading.first_weeks.filter(pl.col("sheet") == "wmt_extract_filtered").select(
        *_KEY,
        pl.col("comin1st16weeks").alias("community_first_16_weeks"),
        pl.col("licin1st16weeks").alias("licence_first_16_weeks"),
    )
    reports = reading.court_reports.select(
        *_KEY,
        "sdr_last_30",
        "sdr_due_next_30",
        pl.col("sdr_conv_last_30").alias("sdr_conversion_last_30"),
        "oral_reports",
    )
    named = reading.identities
    elsewhere = pl.any_horizontal("in_wmt_extract", "in_wmt_extract_filtered", "in_t2a", "in_court_reports")
    roster = named.select(*_KEY, "grade", "grade_code", (pl.col("in_omic_teams") & ~elsewhere).alias("only_omic"))
    return (
        roster.join(_incomplete(reading), on=_KEY, how="left")
        .with_columns(pl.col("is_incomplete").fill_null(value=False))
        .join(weeks, on=_KEY, how="left")
        .join(reports, on=_KEY, how="left")
        .with_columns(pl.col(pl.Int64, pl.Int32, pl.UInt32).fill_null(0))
    )


def _incomplete(reading: WorkbookReading) -> pl.DataFrame:
    """Practitioners-in-team about whom a scored row is in quarantine: their figures lack it."""
    found = [pl.DataFrame(schema={"om_key": pl.String, "team_code": pl.String})]
    for sheet in _SCORED:
        text = reading.quarantined_text.get(sheet)
        if text is not None:
            found.append(_keys_of(text.headings, text.rows))
    return pl.concat(found).unique().with_columns(pl.lit(value=True).alias("is_incomplete"))


def _keys_of(headings: tuple[str, ...], rows: pl.DataFrame) -> pl.DataFrame:
    names = [normalised(heading) for heading in headings]
    return rows.select(
        pl.col(f"c{names.index(key)}").cast(pl.String).str.strip_chars().alias(key) for key in _KEY
    ).drop_nulls()


def _counts(counts: pl.DataFrame, sheet: int) -> pl.DataFrame:
    return counts.select(
        *_KEY, pl.lit(sheet).alias("sheet"), _location(pl.col("location")).alias("location"), "tier", "count"
    )


def _location(column: pl.Expr) -> pl.Expr:
    return column.cast(pl.String).str.to_uppercase().replace_strict(_LOCATIONS, return_dtype=pl.Int16)


def _cases(reading: WorkbookReading) -> pl.DataFrame:
    flagged = _flagged(reading)
    return (
        reading.cases.select("crn", *_KEY, "tier", _location(pl.col("location")).alias("location"))
        .join(flagged, on="crn", how="left")
        .with_columns(pl.col(*_FLAGS).fill_null(value=False))
    )


def _flagged(reading: WorkbookReading) -> pl.DataFrame:
    """One row for each flagged case, a column for each flag."""
    standalone = reading.suspended.select(
        "crn",
        pl.when(_says_yes("standalone_order")).then(pl.lit("standalone")).otherwise(pl.lit("suspended")).alias("kind"),
    )
    every = pl.concat([reading.flags.select("crn", "kind"), standalone])
    return every.group_by("crn").agg((pl.col("kind") == kind).any().alias(name) for name, kind in _FLAGS.items())


def _says_yes(column: str) -> pl.Expr:
    return pl.col(column).str.to_uppercase().is_in(["Y", "YES", "TRUE", "1"])


def _lifers(reading: WorkbookReading) -> pl.DataFrame:
    return reading.lifers.select(
        "crn",
        "in_custody",
        "register_code",
        "register_description",
        "register_level",
        "register_level_description",
        "register_category",
        "register_category_description",
        "registration_date",
        "next_review_date",
        "deregistration_date",
    )


def _orders(reading: WorkbookReading) -> pl.DataFrame:
    return reading.suspended.select("crn", "disposal_type_code", "disposal_type_desc", "standalone_order")


def _contacts(reading: WorkbookReading, places: pl.DataFrame) -> pl.DataFrame:
    done = places.rename({"om_key": "contact_staff_key", "team_code": "contact_team_key", "place_id": "done_by_id"})
    managed = places.rename({"team_code": "om_team_key", "place_id": "managed_by_id"})
    return (
        reading.contacts.join(done, on=["contact_staff_key", "contact_team_key"], how="inner")
        .join(managed, on=["om_key", "om_team_key"], how="inner")
        .select(
            "contact_id",
            "crn",
            "contact_date",
            "contact_type_code",
            "contact_type_desc",
            "done_by_id",
            "managed_by_id",
        )
    )


def _t2a_events(reading: WorkbookReading) -> pl.DataFrame:
    return reading.t2a_events.select(
        "crn",
        "event_no",
        "allocation_date",
        "birth_date",
        pl.col("team_cd_offender_manager").alias("team_code"),
        pl.col("staff_cd_offender_manager").alias("om_key"),
        pl.col("nsi_cd").alias("nsi_code"),
        pl.col("nsi_status_cd").alias("nsi_status_code"),
        pl.col("nsi_outcome_cd").alias("nsi_outcome_code"),
    )
