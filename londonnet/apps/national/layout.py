"""The national workload extract's layout: its sheets, columns, count columns, grades and tiers.

Source: the published layout of the national workload extract (13 sheets, all required). Nothing here reads a
file; the reader, the quarantine workbook and the demo generator all take their names from this one place.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from londonnet.apps.caseload.tiers import TIER_CODES


def normalised(name: str) -> str:
    """The form in which sheet and column names are compared: trimmed, lower-case, without hyphens.

    >>> normalised(" V-CRN_COUNT ")
    'vcrn_count'
    """
    return name.strip().lower().replace("-", "")


LOCATIONS: Final = ("community", "custody", "licence")
_LOCATION_OF_PREFIX: Final = {"comm": "community", "cust": "custody", "licence": "licence"}
_LOCATION_SPELLINGS: Final = {
    "COMMUNITY": "community",
    "CUSTODY": "custody",
    "LICENCE": "licence",
    "LICENSE": "licence",
}
LOCATION_OF_SPELLING: Final[Mapping[str, str]] = MappingProxyType(_LOCATION_SPELLINGS)

# Tier n is TIERS[n]: 0 untiered, 1…16 = A3 A2 A1 A0 B3 … D0, 17…32 the same with contact suspended (s).
TIERS: Final = ("0", *TIER_CODES)
UNTIERED: Final = 0
HIGHEST_TIER: Final = len(TIERS) - 1


def tier_name(number: int) -> str:
    """The tier that the file's number stands for: 1 is "a3", 17 is "a3s", 0 (untiered) is "0".

    Raises:
        ValueError: the number isn't 0…32.
    """
    if not 0 <= number <= HIGHEST_TIER:
        raise ValueError(f"{number} isn't a tier number: it runs from 0 to {HIGHEST_TIER}")
    return TIERS[number]


def tier_number(code: str) -> int | None:
    """The tier number that the text of a `tier_code` cell stands for; None when it is none of 0…32.

    `3.0` is the whole number 3. A blank isn't a tier: untiered is written 0.
    """
    match = re.fullmatch(r"\+?([0-9]{1,9})(?:\.0*)?", code.strip())
    if match is None or int(match[1]) > HIGHEST_TIER:
        return None
    return int(match[1])


COUNT_COLUMNS: Final[Mapping[str, tuple[str, int]]] = MappingProxyType(
    {
        f"{prefix}tier{tier}": (location, number)
        for prefix, location in _LOCATION_OF_PREFIX.items()
        for number, tier in enumerate(TIERS)
    }
)

IDENTITY_COLUMNS: Final = (
    "trust",
    "region_desc",
    "region_code",
    "pdu_desc",
    "pdu_code",
    "ldu_desc",
    "ldu_code",
    "team_desc",
    "team_code",
    "om_surname",
    "om_forename",
    "om_key",
    "om_grade_code",
)
FIRST_SIXTEEN_WEEKS_COLUMNS: Final = ("comin1st16weeks", "licin1st16weeks", "vcrn_count")
WORKLOAD_COLUMNS: Final = (
    *IDENTITY_COLUMNS,
    *COUNT_COLUMNS,
    "comin1st16weeks",
    "licin1st16weeks",
    "datestamp",
    "vcrn_count",
)
REPORT_COUNT_COLUMNS: Final = ("sdr_last_30", "sdr_due_next_30", "sdr_conv_last_30", "oral_reports")
COURT_REPORT_COLUMNS: Final = (*IDENTITY_COLUMNS, "om_team_staff_grade", *REPORT_COUNT_COLUMNS, "datestamp")
CASE_COLUMNS: Final = (
    "row_type",
    "case_ref_no",
    "tier_code",
    "team_code",
    "om_grade_code",
    "om_key",
    "location",
)
SUSPENDED_COLUMNS: Final = (*CASE_COLUMNS, "disposal_type_desc", "disposal_type_code", "standalone_order")
LIFER_COLUMNS: Final = (
    "row_type",
    "case_ref_no",
    "tier_code",
    "team_code",
    "om_grade_code",
    "om_key",
    "in_custody",
    "register_code",
    "register_description",
    "register_level",
    "register_level_description",
    "register_category",
    "deregistration_date",
    "register_category_description",
    "registration_date",
    "next_review_date",
    "location",
)
CONTACT_COLUMNS: Final = (
    "contact_id",
    "crn",
    "contact_date",
    "contact_type_code",
    "contact_type_desc",
    "contact_staff_name",
    "contact_staff_key",
    "contact_staff_grade",
    "contact_team_key",
    "contact_provider_code",
    "om_name",
    "om_key",
    "om_grade",
    "om_team_key",
    "om_provider_code",
)
T2A_EVENT_COLUMNS: Final = (
    "crn",
    "event_no",
    "allocation_date",
    "allocation_desc",
    "allocation_cd",
    "provider_code_order_manager",
    "pdu_order_manager",
    "pdu_cd_order_manager",
    "team_order_manager",
    "team_cd_order_manager",
    "staff_name_order_manager",
    "staff_cd_order_manager",
    "nsi_cd",
    "nsi_desc",
    "birth_date",
    "age",
    "nsi_status_cd",
    "nsi_status_desc",
    "nsi_outcome_cd",
    "nsi_outcome_desc",
    "staff_name_offender_manager",
    "staff_cd_offender_manager",
    "staff_grade_cd_offender_manager",
    "provider_cd_offender_manager",
    "pdu_cd_offender_manager",
    "team_cd_offender_manager",
)

WORKLOAD_SHEETS: Final = ("wmt_extract", "wmt_extract_filtered", "t2a", "omic_teams")
IDENTITY_SHEETS: Final = (*WORKLOAD_SHEETS, "court_reports")
CASE_LIST_SHEET: Final = "flag_warr_4_n"
SIMPLE_FLAG_SHEETS: Final = ("flag_upw", "flag_o_due", "flag_priority")

SHEETS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        **dict.fromkeys(WORKLOAD_SHEETS, WORKLOAD_COLUMNS),
        "court_reports": COURT_REPORT_COLUMNS,
        **dict.fromkeys((CASE_LIST_SHEET, *SIMPLE_FLAG_SHEETS), CASE_COLUMNS),
        "wmt_extract_sa": SUSPENDED_COLUMNS,
        "suspended_lifers": LIFER_COLUMNS,
        "cms": CONTACT_COLUMNS,
        "t2a_detail": T2A_EVENT_COLUMNS,
    }
)

# The letters a case sheet's row_type is known to hold, and the name of the flag that each sets (None: no flag).
ROW_TYPES: Final[Mapping[str, Mapping[str, str | None]]] = MappingProxyType(
    {
        CASE_LIST_SHEET: {"W": "warrant", "N": None},
        "flag_upw": {"U": "unpaid_work"},
        "flag_o_due": {"O": "overdue"},
        "flag_priority": {"P": "priority", "I": "priority"},
        "wmt_extract_sa": {"S": "suspended_or_standalone"},
        "suspended_lifers": {"L": "suspended_lifer"},
    }
)

_GRADE_CODES: Final = {
    "PO": "M E D O J H N G F CRCM CRCO CRCN NPSM NPSO NPSN PSM PSO PSN",
    "SPO": "C B A NPSC NPSB PSA PSB PSC CRCA CRCB",
    "TPO": "P L K CRCP NPSP PSP CPQF CRCPQF CRC-PQF NPSPQF NPS-PQF",
    "PSO": "Q Z Y CRCQ NPSQ PSQ CRC1 CRC2 CRCC PS4",
}
GRADE_OF_CODE: Final[Mapping[str, str]] = MappingProxyType(
    {code: grade for grade, codes in _GRADE_CODES.items() for code in codes.split()}
)
UNSUPPORTED_GRADE: Final = "DMY"


def grade_of(code: str) -> str:
    """The grade that a case-system grade code stands for: PO, SPO, TPO, PSO or DMY (not supported).

    A blank stays blank: it takes the PO target and hours. The code `PSO` means the grade PO; it is not a slip.
    """
    plain = code.strip().upper()
    return GRADE_OF_CODE.get(plain, UNSUPPORTED_GRADE) if plain else ""
