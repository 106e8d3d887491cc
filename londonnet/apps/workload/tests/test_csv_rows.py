"""Files of hours and reductions: what is read, what goes to the quarantine, what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from londonnet.apps.workload.csv_lines import LARGEST_FILE_BYTES, cells_of_lines
from londonnet.apps.workload.csv_rows import HOURS_COLUMNS, HoursRow, parse_day, parse_hours, parse_reductions
from londonnet.apps.workload.errors import FileRefused
from londonnet.apps.workload.starting import starting_reasons

HOURS = "om_key,team_code,contracted_hours,from,to\n"
REDUCTIONS = "om_key,team_code,reason,hours,start,end,notes\n"
REASONS = starting_reasons()


def hours_problems(lines: str) -> list[tuple[int, str, str]]:
    return [(row.line, row.column, row.value) for row in parse_hours((HOURS + lines).encode()).quarantined]


def reduction_problems(lines: str) -> list[tuple[int, str]]:
    parsed = parse_reductions((REDUCTIONS + lines).encode(), REASONS)
    return [(row.line, row.column) for row in parsed.quarantined]


def test_good_rows_of_hours_are_read() -> None:
    parsed = parse_hours((HOURS + "N07A001,N07T01,18.5,2026-04-01,\nN07A002,N07T01,37,01/04/2026,30/9/2026\n").encode())
    assert parsed.rows == (
        HoursRow(2, "N07A001", "N07T01", Decimal("18.5"), date(2026, 4, 1), None),
        HoursRow(3, "N07A002", "N07T01", Decimal(37), date(2026, 4, 1), date(2026, 9, 30)),
    )
    assert (parsed.read, parsed.quarantined, parsed.ignored_columns) == (2, (), ())


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfom_key,team_code,contracted_hours,from,to\r\nN07A001,N07T01,37,2026-04-01,\r\n",
        b"om_key;team_code;contracted_hours;from;to\nN07A001;N07T01;37;2026-04-01;\n",
        b"om_key\tteam_code\tcontracted_hours\tfrom\tto\nN07A001\tN07T01\t37\t2026-04-01\t",
        b"\n\nTo,FROM,Contracted Hours, team-code ,OM_KEY,Name\n,2026-04-01,37.00,N07T01, N07A001 ,Ann\n\n,,,,,\n",
        b'om_key,team_code,contracted_hours,from,to\n"N07A001","N07T01","37","2026-04-01"\n',
        b"om_key,team_code,contracted_hours,from,to\rN07A001,N07T01,37,2026-04-01,,,\r",
    ],
    ids=[
        "byte-order mark",
        "semicolons",
        "tabs",
        "any order and blank lines",
        "quotes and a short line",
        "old line ends",
    ],
)
def test_files_are_read_however_a_spreadsheet_saved_them(content: bytes) -> None:
    parsed = parse_hours(content)
    (row,) = parsed.rows
    assert (row.om_key, row.team_code, row.contracted_hours, row.first_day, row.last_day) == (
        "N07A001",
        "N07T01",
        Decimal(37),
        date(2026, 4, 1),
        None,
    )
    assert parsed.read == 1


def test_columns_nobody_asked_for_are_named() -> None:
    assert parse_hours(b"om_key,team_code,contracted_hours,from,to,colour\n").ignored_columns == ("colour",)


@pytest.mark.parametrize(
    "value",
    ["", "abc", "-1", "168.01", "7,5", "1e1", "nan", "37h", "18.505", "1000000000", "\N{ARABIC-INDIC DIGIT THREE}"],
)
def test_hours_that_are_no_hours_go_to_the_quarantine(value: str) -> None:
    assert hours_problems(f'N07A001,N07T01,"{value}",2026-04-01,\n') == [(2, "contracted_hours", value)]


@pytest.mark.parametrize(
    "value", ["", "2026-13-01", "31/02/2026", "1.4.2026", "01/04/26", "2026-4-1", "1899-01-01", "2206-04-01", "46113"]
)
def test_a_first_day_that_is_no_date_goes_to_the_quarantine(value: str) -> None:
    assert hours_problems(f"N07A001,N07T01,37,{value},\n") == [(2, "from", value)]


def test_everything_wrong_with_a_line_is_named_and_the_other_lines_go_in() -> None:
    parsed = parse_hours((HOURS + ",N07T01,x,2026-04-01,soon\nN07A001,N07T01,0,2026-04-01,2026-04-01\n").encode())
    assert [(row.line, row.column) for row in parsed.quarantined] == [(2, "om_key"), (2, "contracted_hours"), (2, "to")]
    assert [row.line for row in parsed.rows] == [3]
    assert (parsed.read, parsed.quarantined_lines) == (2, 1)


def test_a_period_that_ends_before_it_begins_goes_to_the_quarantine() -> None:
    assert hours_problems("N07A001,N07T01,37,2026-04-02,2026-04-01\n") == [(2, "to", "2026-04-01")]


@pytest.mark.parametrize(
    ("second", "overlaps"),
    [
        ("N07A001,N07T01,30,2026-06-30,2026-07-31", True),
        ("N07A001,N07T01,30,2026-01-01,2026-04-01", True),
        ("N07A001,N07T01,30,2026-05-01,2026-05-02", True),
        ("N07A001,N07T01,30,2026-01-01,", True),
        ("N07A001,N07T01,37,2026-04-01,2026-06-30", True),
        ("N07A001,N07T01,30,2026-07-01,", False),
        ("N07A001,N07T01,30,2026-01-01,2026-03-31", False),
        ("N07A001,N07T02,30,2026-04-01,2026-06-30", False),
        ("N07A002,N07T01,30,2026-04-01,2026-06-30", False),
    ],
)
def test_of_two_periods_that_overlap_the_first_stands(second: str, overlaps: bool) -> None:
    parsed = parse_hours((HOURS + "N07A001,N07T01,37,2026-04-01,2026-06-30\n" + second).encode())
    assert [row.line for row in parsed.rows] == ([2] if overlaps else [2, 3])
    assert [row.reason[:37] for row in parsed.quarantined] == (
        ["the period overlaps the one on line 2"] if overlaps else []
    )


days = st.integers(0, 30)


@given(st.lists(st.tuples(days, days), max_size=12))
def test_accepted_periods_never_overlap_and_refused_ones_always_do(spans: list[tuple[int, int]]) -> None:
    periods = [(date(2026, 1, 1 + min(span)), date(2026, 1, 1 + max(span))) for span in spans]
    text = "".join(f"N07A001,N07T01,37,{first},{last}\n" for first, last in periods)
    parsed = parse_hours((HOURS + text).encode())
    expected: list[tuple[date, date]] = []
    for first, last in periods:
        if all(last < taken_first or taken_last < first for taken_first, taken_last in expected):
            expected.append((first, last))
    assert [(row.first_day, row.last_day) for row in parsed.rows] == expected


@given(st.text(alphabet='N07A,;"\n\r 2026-04-01/37.x', max_size=120))
def test_every_line_is_either_taken_or_in_the_quarantine(lines: str) -> None:
    try:
        parsed = parse_hours((HOURS + lines).encode())
    except FileRefused as refused:
        assert "never closed" in refused.message
        return
    assert parsed.read == len(parsed.rows) + parsed.quarantined_lines


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_date_reads_the_same_both_ways(day: date) -> None:
    assert parse_day(day.isoformat()) == parse_day(f"{day:%d/%m/%Y}") == day


def test_good_reductions_are_read() -> None:
    first_line = 'N07A001,N07T01,Court Duty,7.40,2026-04-01,2026-06-30,"Tuesdays,\nboth courts"\n'
    text = first_line + "N07A001,N07T01,vq3,1,2026-04-01,,\n"
    first, second = parse_reductions((REDUCTIONS + text).encode(), REASONS).rows
    assert (first.reason.name, first.hours, first.notes) == ("Court Duty", Decimal("7.40"), "Tuesdays,\nboth courts")
    assert (second.line, second.reason.short_name, second.last_day, second.notes) == (4, "VQ3", None, "")


@pytest.mark.parametrize(
    "reason",
    [
        "Pre Sentence Reports \N{EN DASH} Court Duty / Sessional",
        "pre sentence reports - court duty / sessional",
        "PRE  SENTENCE REPORTS \N{EN DASH} COURT DUTY / SESSIONAL",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_reason_is_known_in_any_case_with_any_dash_as_any_spreadsheet_saves_it(reason: str, encoding: str) -> None:
    text = f"{REDUCTIONS}N07A001,N07T01,{reason},2,2026-04-01,,\n"
    (row,) = parse_reductions(text.encode(encoding), REASONS).rows
    assert row.reason.name == "Pre Sentence Reports \N{EN DASH} Court Duty / Sessional"


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("N07A001,N07T01,Holiday,2,2026-04-01,,", "reason"),
        ("N07A001,N07T01,,2,2026-04-01,,", "reason"),
        ("N07A001,N07T01,Other,0,2026-04-01,,", "hours"),
        ("N07A001,N07T01,Other,2.005,2026-04-01,,", "hours"),
        ("N07A001,N07T01,Other,2,2026-04-01,2026-04-01,", "end"),
        ("N07A001,N07T01,Other,2,2026-04-01,2026-03-31,", "end"),
        ("N07A001,N07T01,Other,2,,,", "start"),
        ("N07A001,,Other,2,2026-04-01,,", "team_code"),
        (f"N07A001,N07T01,Other,2,2026-04-01,,{'n' * 4000}", "notes"),
        ("N07A001,N07T01,Other,2,2026-04-01,,,too,many", ""),
        ('N07A001,N07T01,Other,2,2026-04-01,,"Ann" is away', ""),
    ],
)
def test_a_bad_reduction_goes_to_the_quarantine_and_the_others_go_in(line: str, column: str) -> None:
    good = "\nN07A001,N07T01,Other,2,2026-04-01,2026-04-02,fine"
    assert reduction_problems(line + good) == [(2, column)]


def test_notes_of_3999_characters_are_short_enough() -> None:
    assert reduction_problems(f"N07A001,N07T01,Other,2,2026-04-01,,{'n' * 3999}\n") == []


def test_a_reason_that_is_switched_off_is_not_taken() -> None:
    off = [replace(reason, enabled=False) for reason in REASONS]
    parsed = parse_reductions(f"{REDUCTIONS}N07A001,N07T01,Other,2,2026-04-01,,\n".encode(), off)
    assert [row.reason for row in parsed.quarantined] == ["this reduction reason is switched off"]


def test_the_same_reduction_twice_is_taken_once_and_others_may_run_at_once() -> None:
    line = "N07A001,N07T01,Other,2,2026-04-01,2026-05-01,{}\n"
    other = "N07A001,N07T01,Other,3,2026-04-01,2026-05-01,\n"
    parsed = parse_reductions((REDUCTIONS + line.format("a") + line.format("b") + other).encode(), REASONS)
    assert [row.line for row in parsed.rows] == [2, 4]
    assert [(row.line, row.reason) for row in parsed.quarantined] == [(3, "the same reduction stands on line 2")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"PK\x03\x04 a workbook", "not a CSV file"),
        ("om_key".encode("utf-16"), "not a CSV file"),
        (HOURS.encode() + b"N07\x00A001", "not a CSV file"),
        (b"om_key,from,to\n", "lacks these columns in its first line: team_code, contracted_hours"),
        (b"om_key,team_code,contracted_hours,from,to,OM_KEY\n", "twice: om_key"),
        (HOURS.encode() + b'N07A001,"N07T01,37,2026-04-01,\nN07A002,N07T01,37,2026-04-01,\n', "on line 2 is never"),
        (b"x" * (LARGEST_FILE_BYTES + 1), "larger than 20 MB"),
    ],
    ids=[
        "empty",
        "blank",
        "workbook",
        "utf-16",
        "binary",
        "columns missing",
        "column twice",
        "open quotes",
        "too large",
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_says_why(content: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        parse_hours(content)


def test_the_cells_of_a_broken_line_are_its_own_whatever_stands_in_lines_before() -> None:
    before = "N07A001,N07T01,37,2026-01-01,"
    content = f'om_key,team_code,contracted_hours,from,to\n{before}\u2028\x0b\nN07A002,"N07"T01,37,2026-01-01,\n'
    assert cells_of_lines(content.encode(), columns=HOURS_COLUMNS, numbers={3})[3][0] == "N07A002"
