"""The lists of this application: filters, columns and exports."""

import csv
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import fastexcel
import pytest
from django.test import Client

from londonnet.apps.workload.tests import extracts
from londonnet.apps.workload.tests.reading import names_in_order, text_of
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
PEOPLE = "/workload/people?within=team:N07T01"
TEAM = ["Alice Abara", "Bashir Blum", "Chidi Cole", "Doreen Dale", "Ewa Engel"]


def exported(browser: Client, url: str) -> list[list[str]]:
    """The rows of a CSV export, headings first."""
    answer = browser.get(url)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def workbook(browser: Client, url: str) -> Any:
    """The cells of an XLSX export."""
    answer = browser.get(url)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return fastexcel.read_excel(content).load_sheet(0, header_row=None).to_polars().rows()


@pytest.mark.parametrize(
    ("narrowed", "left"),
    [
        ("capacity-from=100", "AB"),
        ("capacity-from=100&capacity-to=110", "B"),
        ("capacity-to=50%25", "C"),
        ("capacity-from=quite+some", "ABCDE"),
        ("grade=PO", "ABCE"),
        ("grade=SPO&grade=PSO", "D"),
        ("grade=none", ""),
        ("grade=captain", "ABCDE"),
        ("band=above&grade=PO", "A"),
        ("band=within&capacity-from=120", ""),
        ("band=sideways", "ABCDE"),
    ],
)
def test_people_are_narrowed_by_band_capacity_and_grade_and_what_is_not_known_narrows_nothing(
    loaded: Trust, browse: Browse, bob: "User", narrowed: str, left: str
) -> None:
    page = text_of(browse(loaded, bob), f"{PEOPLE}&{narrowed}")
    assert "".join(name[0] for name in names_in_order(page, *TEAM)) == left


def test_the_numbers_of_the_bands_count_what_the_list_is_narrowed_to(
    loaded: Trust, browse: Browse, bob: "User"
) -> None:
    page = text_of(browse(loaded, bob), f"{PEOPLE}&grade=PO")
    assert "Everyone (4)" in page
    assert "Not measured (0)" in page
    assert "<b>4</b> practitioners" in page


def test_an_export_holds_what_the_page_shows(loaded: Trust, browse: Browse, bob: "User") -> None:
    rows = exported(
        browse(loaded, bob), f"{PEOPLE}&columns=capacity,points,hours&sort=-points&capacity-from=1&format=csv"
    )
    assert rows == [
        ["Practitioner", "Key", "Capacity", "Points held", "Hours"],
        ["Alice Abara", "N07A001", "150.22", "3105", "37.00"],
        ["Bashir Blum", "N07A002", "105.70", "2300", "37.00"],
        ["Chidi Cole", "N07A003", "26.42", "575", "37.00"],
    ]


def test_where_there_is_no_capacity_an_export_gives_the_reason(loaded: Trust, browse: Browse, bob: "User") -> None:
    rows = exported(browse(loaded, bob), f"{PEOPLE}&columns=capacity&band=nothing-available&format=csv")
    assert [row[2] for row in rows[1:]] == ["Not measured", "No capacity left"]


def test_an_export_takes_all_pages(alpha: Trust, browse: Browse, head: "User") -> None:
    with trust_scope(alpha):
        extracts.load(extracts.Person(f"N07B{n:03}", f"Person{n:03} Test") for n in range(53))
    assert len(exported(browse(alpha, head), "/workload/people?within=trust&format=csv&page=2")) == 54


@pytest.mark.parametrize(
    ("url", "marking", "first"),
    [
        ("/workload/trust", "OFFICIAL", "Region"),
        ("/workload/region/N07R1", "OFFICIAL", "PDU"),
        ("/workload/pdu/N07P1", "OFFICIAL", "Team"),
        ("/workload/team/N07T01", "OFFICIAL-SENSITIVE", "Practitioner"),
    ],
)
def test_every_level_exports_a_marked_workbook_that_says_as_at_when(
    loaded: Trust, browse: Browse, head: "User", url: str, marking: str, first: str
) -> None:
    rows = workbook(browse(loaded, head), f"{url}?format=xlsx")
    assert rows[1][0] == marking
    assert rows[2][0].startswith("As at ")
    assert rows[2][0].endswith("from the national extract of 20 November 2026, weights version 1")
    assert rows[4][0] == first
    assert len(rows) > 5


def test_an_export_is_in_the_trail_with_what_left_the_house(loaded: Trust, browse: Browse, bob: "User") -> None:
    exported(browse(loaded, bob), f"{PEOPLE}&band=above&format=csv")
    with trust_scope(loaded):
        entry = TrailEntry.objects.get(kind="documents.exported")
    assert (entry.subject_id, entry.actor_id) == ("workload.people", bob.pk)
    assert entry.after is not None
    assert (entry.after["rows"], entry.after["format"], entry.after["of"]) == (1, "csv", "team:N07T01")
    assert entry.after["filters"] == ["Capacity band: Above 110%"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_has_the_same_wall_as_its_page(loaded: Trust, browse: Browse, charlie: "User", form: str) -> None:
    assert browse(loaded, charlie).get(f"/workload/team/N07T01?format={form}").status_code == 404
    assert browse(loaded, charlie).get(f"{PEOPLE}&format={form}").status_code == 404
    with trust_scope(loaded):
        assert not TrailEntry.objects.filter(kind="documents.exported").exists()
