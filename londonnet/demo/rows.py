"""The demo service as rows of the national layout, sheet by sheet; counts come from the cases, by plain counting."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from londonnet.apps.national.layout import COUNT_COLUMNS, SHEETS

from .names import TRUST
from .service import Case, Contact, Post, Service

Cell = str | int | date
Row = dict[str, Cell]
_PREFIX_OF_PLACE: Final = {place: column for column, place in COUNT_COLUMNS.items()}
_FIRST_WEEKS: Final = 10  # about one case in ten is in its first sixteen weeks


def sheet_rows(service: Service) -> Iterator[tuple[str, Iterator[Row]]]:
    """Every sheet of the layout, in its order, with its rows."""
    makers = _makers(service)
    for sheet in SHEETS:
        yield sheet, makers[sheet]()


def _makers(service: Service) -> Mapping[str, Callable[[], Iterator[Row]]]:
    cases, day = service.cases, service.day
    field_posts = [post for post in service.posts if post.team.kind == "field"]
    omic_posts = [post for post in service.posts if post.team.kind == "omic"]
    young = [case for case in cases if case.is_t2a and case.is_active]
    return {
        "wmt_extract": lambda: _workload_rows(field_posts, cases, day),
        "wmt_extract_filtered": lambda: _workload_rows(field_posts, [case for case in cases if case.is_active], day),
        "t2a": lambda: _workload_rows(field_posts, young, day),
        "omic_teams": lambda: _workload_rows(omic_posts, cases, day),
        "court_reports": lambda: _court_rows(service.posts, day),
        "flag_warr_4_n": lambda: (_case_row(case, "W" if case.is_warrant else "N") for case in cases),
        "flag_upw": lambda: (_case_row(case, "U") for case in cases if case.is_unpaid_work),
        "flag_o_due": lambda: (_case_row(case, "O") for case in cases if case.is_overdue),
        "flag_priority": lambda: (_case_row(case, case.priority) for case in cases if case.priority),
        "wmt_extract_sa": lambda: (_suspended_row(case) for case in cases if case.disposal),
        "suspended_lifers": lambda: (_lifer_row(case, day) for case in cases if case.is_lifer),
        "cms": lambda: (_contact_row(contact) for contact in service.contacts),
        "t2a_detail": lambda: (_event_row(case, day) for case in cases if case.is_t2a),
    }


def _identity(post: Post) -> Row:
    team, pdu = post.team, post.team.pdu
    return {
        "trust": TRUST,
        "region_desc": pdu.region_name,
        "region_code": pdu.region_code,
        "pdu_desc": pdu.name,
        "pdu_code": pdu.code,
        "ldu_desc": pdu.name,
        "ldu_code": pdu.ldu_code,
        "team_desc": team.name,
        "team_code": team.code,
        "om_surname": post.surname,
        "om_forename": post.forename,
        "om_key": post.key,
        "om_grade_code": post.grade_code,
    }


def _workload_rows(posts: Iterable[Post], cases: Iterable[Case], day: date) -> Iterator[Row]:
    held: dict[Post, Counter[tuple[str, int]]] = defaultdict(Counter)
    for case in cases:
        held[case.post][case.location, case.tier] += 1
    for post in posts:
        counts = held[post]
        row = _identity(post)
        row.update((_PREFIX_OF_PLACE[place], number) for place, number in counts.items())
        row["comin1st16weeks"] = _first_weeks(counts, "community")
        row["licin1st16weeks"] = _first_weeks(counts, "licence")
        row["datestamp"] = day
        row["vcrn_count"] = counts.total()
        yield row


def _first_weeks(counts: Counter[tuple[str, int]], location: str) -> int:
    return sum(number for (place, _), number in counts.items() if place == location) // _FIRST_WEEKS


def _court_rows(posts: Iterable[Post], day: date) -> Iterator[Row]:
    for post in posts:
        if post.reports_to_court:
            yield {
                **_identity(post),
                "om_team_staff_grade": post.grade_code,
                "sdr_last_30": post.sdr,
                "sdr_due_next_30": post.sdr_due,
                "sdr_conv_last_30": post.conversions,
                "oral_reports": post.oral,
                "datestamp": day,
            }


def _case_row(case: Case, row_type: str) -> Row:
    return {
        "row_type": row_type,
        "case_ref_no": case.crn,
        "tier_code": case.tier,
        "team_code": case.post.team.code,
        "om_grade_code": case.post.grade_code,
        "om_key": case.post.key,
        "location": case.location.upper(),
    }


def _suspended_row(case: Case) -> Row:
    return {
        **_case_row(case, "S"),
        "disposal_type_desc": "Suspended sentence order",
        "disposal_type_code": case.disposal,
        "standalone_order": "N",
    }


def _lifer_row(case: Case, day: date) -> Row:
    return {
        **_case_row(case, "L"),
        "in_custody": "Y" if case.location == "custody" else "N",
        "register_code": "LIFE",
        "register_description": "Life licence",
        "register_level": "1",
        "register_level_description": "Active",
        "register_category": "A",
        "register_category_description": "Adult",
        "registration_date": day - timedelta(days=900 + _spread(case, 900)),
        "next_review_date": day + timedelta(days=30 + _spread(case, 150)),
    }


def _contact_row(contact: Contact) -> Row:
    manager, done_by = contact.case.post, contact.done_by
    return {
        "contact_id": contact.number,
        "crn": contact.case.crn,
        "contact_date": contact.day,
        "contact_type_code": contact.type_code,
        "contact_type_desc": "Case management support",
        "contact_staff_name": f"{done_by.surname}, {done_by.forename}",
        "contact_staff_key": done_by.key,
        "contact_staff_grade": done_by.grade_code,
        "contact_team_key": done_by.team.code,
        "contact_provider_code": done_by.key[:3],
        "om_name": f"{manager.surname}, {manager.forename}",
        "om_key": manager.key,
        "om_grade": manager.grade_code,
        "om_team_key": manager.team.code,
        "om_provider_code": manager.key[:3],
    }


def _event_row(case: Case, day: date) -> Row:
    post, pdu = case.post, case.post.team.pdu
    born = day - timedelta(days=18 * 366 + _spread(case, 6 * 365))
    return {
        "crn": case.crn,
        "event_no": 1,
        "allocation_date": day - timedelta(days=_spread(case, 300)),
        "allocation_desc": "Initial allocation",
        "allocation_cd": "IN1",
        "provider_code_order_manager": post.key[:3],
        "pdu_order_manager": pdu.name,
        "pdu_cd_order_manager": pdu.code,
        "team_order_manager": post.team.name,
        "team_cd_order_manager": post.team.code,
        "staff_name_order_manager": f"{post.surname}, {post.forename}",
        "staff_cd_order_manager": post.key,
        "birth_date": born,
        "age": (day - born).days * 100 // 36525,
        "staff_name_offender_manager": f"{post.surname}, {post.forename}",
        "staff_cd_offender_manager": post.key,
        "staff_grade_cd_offender_manager": post.grade_code,
        "provider_cd_offender_manager": post.key[:3],
        "pdu_cd_offender_manager": pdu.code,
        "team_cd_offender_manager": post.team.code,
    }


def _spread(case: Case, days: int) -> int:
    """A number of days that belongs to the case for good."""
    return int(case.crn[1:]) % days
