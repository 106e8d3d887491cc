"""A national workbook written from the published layout alone, by nothing of the product's own."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import xlsxwriter

Cell = str | int | float
Row = Mapping[str, Cell]

DAY: Final = date(2026, 11, 20)


def names(text: str) -> tuple[str, ...]:
    """Column names as they stand in a line of words."""
    return tuple(text.split())


LOCATIONS: Final = ("comm", "cust", "licence")
TIERS: Final = tuple(f"{letter}{number}" for letter in "abcd" for number in "3210")
COUNTS: Final = [
    f"{location}tier{tier}" for location in LOCATIONS for tier in ("0", *TIERS, *(f"{tier}s" for tier in TIERS))
]
IDENTITY: Final = names(
    "trust region_desc region_code pdu_desc pdu_code ldu_desc ldu_code team_desc team_code "
    "om_surname om_forename om_key om_grade_code"
)
WORKLOAD: Final = [*IDENTITY, *COUNTS, "comIn1st16Weeks", "licIn1st16Weeks", "datestamp", "V-CRN_COUNT"]
REPORTS: Final = [
    *IDENTITY,
    *names("om_team_staff_grade sdr_last_30 sdr_due_next_30 sdr_conv_last_30 oral_reports datestamp"),
]
CASE: Final = names("row_type case_ref_no tier_code team_code om_grade_code om_key location")
LIFER: Final = names(
    "row_type case_ref_no tier_code team_code om_grade_code om_key in_custody register_code register_description "
    "register_level register_level_description register_category deregistration_date register_category_description "
    "registration_date next_review_date location"
)
CONTACT: Final = names(
    "contact_id crn contact_date contact_type_code contact_type_desc contact_staff_name contact_staff_key "
    "contact_staff_grade contact_team_key contact_provider_code om_name om_key om_grade om_team_key om_provider_code"
)
T2A_EVENT: Final = names(
    "crn event_no allocation_date allocation_desc allocation_cd provider_code_order_manager pdu_order_manager "
    "pdu_cd_order_manager team_order_manager team_cd_order_manager staff_name_order_manager staff_cd_order_manager "
    "nsi_cd nsi_desc birth_date age nsi_status_cd nsi_status_desc nsi_outcome_cd nsi_outcome_desc "
    "staff_name_offender_manager staff_cd_offender_manager staff_grade_cd_offender_manager "
    "provider_cd_offender_manager pdu_cd_offender_manager team_cd_offender_manager"
)

COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "wmt_extract": WORKLOAD,
    "wmt_extract_filtered": WORKLOAD,
    "t2a": WORKLOAD,
    "omic_teams": WORKLOAD,
    "court_reports": REPORTS,
    "flag_warr_4_n": CASE,
    "flag_upw": CASE,
    "flag_o_due": CASE,
    "flag_priority": CASE,
    "wmt_extract_sa": [*CASE, "disposal_type_desc", "disposal_type_code", "standalone_order"],
    "suspended_lifers": LIFER,
    "cms": CONTACT,
    "t2a_detail": T2A_EVENT,
}


def days_before(days: int) -> str:
    """A day before (or, if negative, after) the file's own, as the national system writes it."""
    return (DAY - timedelta(days=days)).strftime("%d/%m/%Y")


def write(
    path: Path, sheets: Mapping[str, Sequence[Row]], *, without: Mapping[str, Sequence[str]] | None = None
) -> Path:
    """Write a workbook of all thirteen sheets.

    Args:
        path: where.
        sheets: rows by sheet; a sheet that isn't named has its heading only.
        without: columns to leave out, by sheet; a sheet left out whole is named with none.
    """
    leaving = without or {}
    # Text stays text, as the national system writes it.
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as workbook:
        for name, columns in COLUMNS.items():
            if name in leaving and not leaving[name]:
                continue
            kept = [column for column in columns if column not in leaving.get(name, ())]
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, kept)
            for number, row in enumerate(sheets.get(name, ()), start=1):
                sheet.write_row(number, 0, [row.get(column, "") for column in kept])
    return path
