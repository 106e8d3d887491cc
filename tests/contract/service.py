"""A small service, written by hand: everybody in it stands for one rule or one edge of the national figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from .layout import DAY, Row, days_before

# team: (its name, its PDU, its region)
TEAMS: Final = {
    "N07T01": ("Thimble Street", "N07P1", "N07R1"),
    "N07T02": ("Quillgate", "N07P1", "N07R1"),
    "N07T03": ("Marrowbridge", "N07P2", "N07R1"),
    "N07T04": ("Fennel Wharf", "N07P3", "N07R2"),
    "N07T05": ("Only Unmeasured", "N07P3", "N07R2"),
    "N07T06": ("Nobody Left", "N07P3", "N07R2"),
}
PDUS: Final = {"N07P1": "Thimbletwick", "N07P2": "Marrow and Dale", "N07P3": "Fennelford"}
REGIONS: Final = {"N07R1": "North Quarter", "N07R2": "South Quarter"}


@dataclass(frozen=True)
class Person:
    """One practitioner in one team: what the sheets say of them, and their time.

    Attributes:
        grade_code: the national code; `grade` is what it stands for.
        filtered, t2a, everything, omic: counts of each sheet; None where the sheet doesn't name them.
        reports: columns of `court_reports`; None where that sheet doesn't name them.
        hours: own contracted hours a week as periods (hours, first day, last day or "").
        reductions: (reason, hours, first day, last day or "").
    """

    om_key: str
    team_code: str
    grade_code: str
    grade: str
    filtered: Mapping[str, int] | None = None
    t2a: Mapping[str, int] | None = None
    everything: Mapping[str, int] | None = None
    omic: Mapping[str, int] | None = None
    reports: Mapping[str, int] | None = None
    hours: tuple[tuple[str, str, str], ...] = ()
    reductions: tuple[tuple[str, str, str, str], ...] = ()


ALL_TIERS_ONCE: Final = {
    f"{location}tier{letter}{number}": 1
    for location in ("comm", "cust", "licence")
    for letter in "abcd"
    for number in "3210"
}
CONTACT_SUSPENDED: Final = {f"commtier{letter}{number}s": 2 for letter in "abcd" for number in "3210"}

PEOPLE: Final = (
    # Every tier in every location, untiered and contact-suspended cases, T2A, reports, and support done.
    Person(
        "N07A001", "N07T01", "M", "PO",
        filtered={**ALL_TIERS_ONCE, "commtier0": 3, "licencetier0": 1, "licencetiera3s": 1},
        t2a={"commtierb2": 1, "licencetierd0": 4, "custtier0": 2, "commtiera3s": 1},
        reports={"sdr_last_30": 2, "sdr_due_next_30": 9, "sdr_conv_last_30": 3, "oral_reports": 7},
        hours=(("18.5", "2020-01-01", ""),),
    ),
    # The same person in a second team: points and hours of its own.
    Person(
        "N07A001", "N07T02", "M", "PO",
        filtered={"commtierc1": 11, "custtiera3": 2},
        hours=(("18.5", "01/01/2020", ""),),
        reductions=(("Court Duty", "1.85", "2020-01-01", ""),),
    ),
    # A manager with cases: not measured, whatever their hours.
    Person("N07A002", "N07T01", "B", "SPO", filtered={"commtiera3": 5}, hours=(("37", "2020-01-01", ""),)),
    # PSO, full time by default; one reduction over, one to come, one that counts.
    Person(
        "N07A003", "N07T01", "Q", "PSO",
        filtered={"commtierd2": 30, "commtierd1": 9},
        reductions=(
            ("Groups (Induction)", "5", "2020-01-01", "2021-01-01"),
            ("Split Role", "6", "2099-01-01", ""),
            ("Disability", "3.33", "2020-01-01", ""),
        ),
    ),
    # The code PSO means the grade PO. Part-time: what is available is cut, not rounded.
    Person("N07A004", "N07T02", "PSO", "PO", filtered={"licencetierb3": 7}, hours=(("22.2", "2020-01-01", ""),)),
    # TPO; own hours that ended long ago, so the grade's hold.
    Person(
        "N07A005", "N07T02", "P", "TPO",
        filtered={"commtierb1": 6}, t2a={"commtierc2": 2}, hours=(("10", "2020-01-01", "2021-12-31"),),
    ),
    # A code that nobody supports, and none at all (which behaves as PO).
    Person("N07A006", "N07T03", "ZZZ", "DMY", filtered={"commtierc3": 4}),
    Person("N07A007", "N07T03", "", "", filtered={"custtierb2": 3, **CONTACT_SUSPENDED}),
    # Named by court_reports alone, and by the sheet of all cases alone.
    Person("N07A008", "N07T03", "M", "PO", reports={"sdr_last_30": 1, "sdr_conv_last_30": 0}),
    Person("N07A009", "N07T03", "N", "PO", everything={"commtiera1": 8}),
    # Gives support away and holds nothing: the total is below zero.
    Person("N07A010", "N07T04", "M", "PO", filtered={}),
    # Offender management in custody: shown apart; only the filtered counts are scored.
    Person("N07A011", "N07T04", "M", "PO", omic={"custtiera3": 40}),
    Person("N07A012", "N07T04", "D", "PO", filtered={"custtierc3": 6}, omic={"custtierc3": 20}),
    # Teams of which nothing is available: for want of a measure, and because reductions took it.
    Person("N07A013", "N07T05", "NPSC", "SPO", filtered={"licencetiera2": 2}),
    Person(
        "N07A014", "N07T06", "M", "PO",
        filtered={"commtierb3": 3},
        reductions=(("Long Term Sickness Absence", "30", "2020-01-01", ""), ("Other", "20", "2020-01-01", "")),
    ),
    # Their filtered row can't be read, so only what other sheets say stands.
    Person("N07A015", "N07T04", "M", "PO", everything={"commtierb3": 4}),
)  # fmt: skip


@dataclass(frozen=True)
class Contact:
    """A case-management contact: who did it, who manages the case, its type, and how many days before the file's."""

    done_by: tuple[str, str]
    managed_by: tuple[str, str]
    code: str
    days_before: int


CONTACTS: Final = (
    Contact(("N07A001", "N07T01"), ("N07A010", "N07T04"), "CMS06", 0),
    Contact(("N07A001", "N07T01"), ("N07A010", "N07T04"), "CMS03", 6),
    Contact(("N07A003", "N07T01"), ("N07A002", "N07T01"), "CMS01", 3),
    # A day too old, a day too early, of a type without points, of an unknown type, and for oneself in another team.
    Contact(("N07A003", "N07T01"), ("N07A002", "N07T01"), "CMS06", 7),
    Contact(("N07A003", "N07T01"), ("N07A002", "N07T01"), "CMS06", -1),
    Contact(("N07A003", "N07T01"), ("N07A002", "N07T01"), "CMS40", 1),
    Contact(("N07A003", "N07T01"), ("N07A002", "N07T01"), "CMSX9", 1),
    Contact(("N07A001", "N07T01"), ("N07A001", "N07T02"), "CMS06", 1),
)


@dataclass(frozen=True)
class BadRow:
    """A row that must go to the quarantine, with the cell that is to be named."""

    sheet: str
    column: str
    value: str
    cells: Row = field(repr=False)


def identity(om_key: str, team_code: str, grade_code: str = "M") -> dict[str, str | int | float]:
    """The thirteen identity cells and the file's day."""
    name, pdu, region = TEAMS[team_code]
    return {
        "trust": "Made-up Service", "region_desc": REGIONS[region], "region_code": region,
        "pdu_desc": PDUS[pdu], "pdu_code": pdu, "ldu_desc": PDUS[pdu], "ldu_code": pdu.replace("P", "L"),
        "team_desc": name, "team_code": team_code, "om_surname": f"Quill {om_key}", "om_forename": "Abena",
        "om_key": om_key, "om_grade_code": grade_code, "datestamp": DAY.isoformat(),
    }  # fmt: skip


def case(crn: str, om_key: str, team_code: str, **cells: str | int) -> dict[str, str | int | float]:
    """A row of a case sheet."""
    row: dict[str, str | int | float] = {"row_type": "N", "tier_code": 6, "om_grade_code": "M", "location": "COMMUNITY"}
    return row | {"case_ref_no": crn, "om_key": om_key, "team_code": team_code, **cells}


def _bad_person(column: str, value: str, om_key: str = "N07A015") -> BadRow:
    row = {**identity(om_key, "N07T04"), "commtierb2": 1, column: value}
    return BadRow("wmt_extract_filtered", column, value, row)


BAD_ROWS: Final = (
    _bad_person("commtierb3", "-1"),
    _bad_person("licencetiera3s", "1.5", "N07A016"),
    _bad_person("custtier0", "abc", "N07A017"),
    _bad_person("om_key", ""),
    # The same key twice: the first stands.
    BadRow("wmt_extract_filtered", "om_key", "N07A001 N07T01", {**identity("N07A001", "N07T01"), "commtiera3": 99}),
    BadRow("court_reports", "sdr_last_30", "two", {**identity("N07A003", "N07T01"), "sdr_last_30": "two"}),
    BadRow("flag_warr_4_n", "tier_code", "33", case("A000003", "N07A001", "N07T01", tier_code=33)),
    BadRow("flag_warr_4_n", "om_key", "N07A999", case("A000004", "N07A999", "N07T01")),
    BadRow("flag_upw", "case_ref_no", "A000009", case("A000009", "N07A001", "N07T01", row_type="U")),
)


def sheets(*, day: str = DAY.isoformat(), bad: Iterable[BadRow] = BAD_ROWS) -> dict[str, list[Row]]:
    """All rows by sheet; the bad ones stand last in theirs.

    Args:
        day: the file's own day.
        bad: rows that can't be read.
    """
    found: dict[str, list[Row]] = {
        "wmt_extract": _counted("everything"),
        "wmt_extract_filtered": _counted("filtered"),
        "t2a": _counted("t2a"),
        "omic_teams": _counted("omic"),
        "court_reports": [{**_who(one), **one.reports} for one in PEOPLE if one.reports is not None],
        "flag_warr_4_n": [case("A000001", "N07A001", "N07T01"), case("A000002", "N07A003", "N07T01", row_type="W")],
        "flag_upw": [case("A000001", "N07A001", "N07T01", row_type="U")],
        "cms": [_contact(number, one) for number, one in enumerate(CONTACTS, start=1)],
    }
    for one in bad:
        found[one.sheet].append(one.cells)
    return {
        name: [{**row, "datestamp": day} if "datestamp" in row else row for row in rows] for name, rows in found.items()
    }


def _who(one: Person) -> dict[str, str | int | float]:
    return identity(one.om_key, one.team_code, one.grade_code)


def _counted(sheet: str) -> list[Row]:
    return [{**_who(one), **getattr(one, sheet)} for one in PEOPLE if getattr(one, sheet) is not None]


def _contact(number: int, one: Contact) -> Row:
    return {
        "contact_id": number, "crn": "A000001", "contact_date": days_before(one.days_before),
        "contact_type_code": one.code, "contact_staff_key": one.done_by[0], "contact_team_key": one.done_by[1],
        "om_key": one.managed_by[0], "om_team_key": one.managed_by[1],
    }  # fmt: skip


def hours_csv() -> str:
    """The file of contracted hours, with one row about somebody who isn't there."""
    lines = [
        f"{one.om_key},{one.team_code},{hours},{first},{last}" for one in PEOPLE for hours, first, last in one.hours
    ]
    return "\n".join(["om_key,team_code,contracted_hours,from,to", *lines, "N07A999,N07T01,37,2020-01-01,", ""])


def reductions_csv() -> str:
    """The file of reductions, with one row for a reason that there isn't."""
    lines = [
        f"{one.om_key},{one.team_code},{reason},{hours},{first},{last},"
        for one in PEOPLE
        for reason, hours, first, last in one.reductions
    ]
    head = "om_key,team_code,reason,hours,start,end,notes"
    return "\n".join([head, *lines, "N07A003,N07T01,Gardening,5,2020-01-01,,", ""])
