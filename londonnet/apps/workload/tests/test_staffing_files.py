"""Files of hours and reductions sent on a page: reports, the quarantine there and back, and what is held."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from londonnet.apps.workload.models import ContractedHours, Reduction, StaffingFile
from londonnet.apps.workload.services import forget_old_files, load_reductions
from londonnet.apps.workload.tests.reading import text_of
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
FILES = "/workload/staffing-files"
HEADING = "om_key,team_code,reason,hours,start,end,notes"


def send(browser: Client, content: str | bytes, kind: str = "reductions") -> Any:
    data = content.encode() if isinstance(content, str) else content
    return browser.post(FILES, {"kind": kind, kind: SimpleUploadedFile("of-hr.csv", data)})


def taken(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    return answer.content.decode("utf-8-sig")


def test_a_file_is_loaded_and_its_quarantine_is_mended_and_comes_back(
    loaded: Trust, browse: Browse, hr: "User"
) -> None:
    browser = browse(loaded, hr)
    good = "N07A002,N07T01,Court Duty,3,2026-04-01,,"
    bad = 'N07A003,N07T01,Nonsense,3x,2026-04-01,,"=1+1, or so"'
    broken = 'N07A006,N07T02,"Court" Duty,3,2026-04-01,,'
    report = send(browser, f"{HEADING}\n{good}\n{bad}\n{broken}\n")["Location"]
    page = text_of(browser, report)
    for said in ("of-hr.csv", "3x", "it is not one of the reduction reasons", "a quotation mark stands inside a cell"):
        assert said in page
    quarantine = taken(browser, f"{report}/quarantine.csv")
    lines = quarantine.splitlines()
    assert lines[0] == f"londonnet_line,londonnet_column,londonnet_reason,{HEADING}"
    assert lines[1].startswith('3,"reason, hours",')
    assert "'=1+1, or so" in lines[1]
    mended = quarantine.replace("Nonsense", "Split Role").replace("3x", "3").replace('"""Court"" Duty"', "Court Duty")
    again = send(browser, mended)["Location"]
    with trust_scope(loaded):
        file = StaffingFile.objects.latest("id")
        assert (file.read, file.loaded, file.quarantined, file.ignored_columns) == (2, 2, 0, [])
        assert Reduction.objects.get(place__practitioner__om_key="N07A003").notes == "=1+1, or so"
        assert Reduction.objects.filter(place__practitioner__om_key="N07A006").count() == 1
    assert "In quarantine" in text_of(browser, again)


def test_what_is_held_comes_out_in_the_format_that_goes_in(loaded: Trust, browse: Browse, hr: "User") -> None:
    browser = browse(loaded, hr)
    send(browser, "om_key,team_code,contracted_hours,from,to\nN07A002,N07T01,18.5,2026-04-01,\n", "hours")
    held = {kind: taken(browser, f"{FILES}/held/{kind}.csv") for kind in ("hours", "reductions")}
    assert "N07A002,N07T01,18.5,2026-04-01," in held["hours"]
    assert "N07A001,N07T01,Pregnancy,1.85,2026-11-20,,Agreed: Pregnancy" in held["reductions"]
    for kind, content in held.items():
        send(browser, content, kind)
        with trust_scope(loaded):
            file = StaffingFile.objects.latest("id")
            assert (file.unchanged, file.quarantined, file.read) == (True, 0, file.ignored)
    with trust_scope(loaded):
        assert ContractedHours.objects.filter(superseded_by=None).count() == 1


def test_a_manager_sees_and_changes_their_own_people_only(
    loaded: Trust, browse: Browse, bob: "User", charlie: "User", administrator: "User"
) -> None:
    assert "Pregnancy" in taken(browse(loaded, bob), f"{FILES}/held/reductions.csv")
    assert "N07A001" not in taken(browse(loaded, charlie), f"{FILES}/held/reductions.csv")
    administrators = taken(browse(loaded, administrator), f"{FILES}/held/reductions.csv")
    assert "Pregnancy" not in administrators
    assert "N07A001,N07T01,Personal,1.85" in administrators
    report = send(browse(loaded, charlie), f"{HEADING}\nN07A002,N07T01,Court Duty,3,2026-04-01,,\n")["Location"]
    assert "no practitioner of yours has this key" in text_of(browse(loaded, charlie), report)
    assert browse(loaded, bob).get(report).status_code == 404
    assert browse(loaded, bob).get(f"{report}/quarantine.csv").status_code == 404


@pytest.mark.parametrize(
    ("content", "said"), [("", "Choose a CSV file first"), ("om_key,hours\n", "lacks these columns")]
)
def test_a_file_that_cant_be_read_is_refused_beside_its_field(
    loaded: Trust, browse: Browse, hr: "User", content: str, said: str
) -> None:
    answer = send(browse(loaded, hr), content)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(said) == 2
    assert "<title>Error: " in " ".join(page.split())


def test_an_empty_file_has_the_columns_and_loads_nothing(loaded: Trust, browse: Browse, hr: "User") -> None:
    template = taken(browse(loaded, hr), f"{FILES}/template/reductions.csv")
    assert template == f"{HEADING}\r\n"
    assert browse(loaded, hr).get(f"{FILES}/template/other.csv").status_code == 404
    with trust_scope(loaded):
        assert load_reductions(content=template.encode()).read == 0


def test_what_was_kept_of_a_file_goes_after_thirty_days(loaded: Trust, browse: Browse, hr: "User") -> None:
    send(browse(loaded, hr), f"{HEADING}\n")
    with trust_scope(loaded):
        forget_old_files(now=timezone.now() + timedelta(days=29))
        assert StaffingFile.objects.count() == 1
        forget_old_files(now=timezone.now() + timedelta(days=31))
        assert not StaffingFile.objects.exists()
