"""Another tool's history sent on a page: the job, its report, and the lines that come back mended."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from londonnet.apps.workload.jobs import history_file
from londonnet.apps.workload.models import DailyFigure, StaffingFile
from londonnet.apps.workload.tests.reading import text_of
from londonnet.config.environment import ENV
from londonnet.platform.jobs.testkit import do_waiting
from londonnet.platform.trusts import Trust, trust_scope

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]
PAGE = "/workload/history-files"
GOOD = "2026-03-02,N07A001,N07T01,PO,2300,2000"
BAD = "2026-03-02,N07A002,N07T01,PO,many,2000"


def send(trust: Trust, browser: Client, *lines: str) -> str:
    """The file is sent, and its job done; answers where the report is."""
    content = "\n".join(("day,om_key,team_code,grade,points,available", *lines))
    answer = browser.post(PAGE, {"history": SimpleUploadedFile("past.csv", content.encode())})
    assert answer["Location"].startswith("/jobs/")
    with trust_scope(trust):
        (job,) = do_waiting()
        assert not list(history_file("any.csv").parent.glob("*.csv"))
    return str((job.result or {})["result_url"])


def test_a_history_is_loaded_by_a_job_and_what_wasnt_taken_comes_back_mended(
    loaded: Trust, browse: Browse, administrator: "User"
) -> None:
    browser = browse(loaded, administrator)
    report = send(loaded, browser, GOOD, BAD)
    assert "it must be a whole number" in text_of(browser, report)
    quarantine = browser.get(f"{report}/quarantine.csv").content.decode("utf-8-sig")
    assert quarantine.splitlines()[0].endswith("londonnet_reason,day,om_key,team_code,grade,points,available")
    again = send(loaded, browser, GOOD, BAD.replace("many", "1800"))
    assert "past.csv" in text_of(browser, PAGE)
    with trust_scope(loaded):
        assert list(StaffingFile.objects.order_by("id").values_list("kind", "loaded", "quarantined", "ignored")) == [
            ("history", 1, 1, 0),
            ("history", 1, 0, 1),
        ]
        assert DailyFigure.objects.filter(day="2026-03-02").count() == 2
    assert "In quarantine" in text_of(browser, again)


def test_only_who_may_load_a_history_finds_its_pages_and_only_their_own_files(
    loaded: Trust, browse: Browse, administrator: "User", hr: "User"
) -> None:
    report = send(loaded, browse(loaded, administrator), GOOD)
    for address in (PAGE, report, f"{report}/quarantine.csv", report.replace("history", "staffing")):
        assert browse(loaded, hr).get(address).status_code == 404, address
    for page in ("/workload/weights", "/workload/reductions?within=trust"):
        assert f'href="{PAGE}"' in browse(loaded, administrator).get(page).content.decode()
    assert f'href="{PAGE}"' not in browse(loaded, hr).get("/workload/reductions?within=trust").content.decode()


def test_a_program_sends_it_follows_it_and_gets_the_lines_to_mend(
    loaded: Trust, browse: Callable[..., Client], administrator: "User", hr: "User"
) -> None:
    browser, nouns = browse(loaded, administrator), "/api/workload/history-files"
    content = "\n".join(("day,om_key,team_code,grade,points,available", GOOD, BAD)).encode()
    answer = browser.post(nouns, {"history": SimpleUploadedFile("past.csv", content)})
    assert answer.status_code == 202, answer.content
    job = f"{nouns}/jobs/{answer.json()['job']}"
    assert (answer.json()["state"], answer.json()["file"]) == ("waiting", None)
    with trust_scope(loaded):
        do_waiting()
    told = browser.get(job).json()
    assert (told["state"], told["error"]) == ("done", None)
    report = browser.get(f"{nouns}/{told['file']}").json()
    assert (report["kind"], report["rows"]["loaded"], report["quarantined"][0]["column"]) == ("history", 1, "points")
    assert report["lines"] == [
        {"line": 3, "cells": dict(zip(content.decode().split("\n")[0].split(","), BAD.split(","), strict=True))}
    ]
    assert [one["number"] for one in browser.get(nouns).json()["items"]] == [told["file"]]
    for address in (nouns, job, f"{nouns}/{told['file']}"):
        assert browse(loaded, hr).get(address).status_code == 404, address
    unknown, anothers = browser.get(f"{nouns}/jobs/{uuid4()}"), browse(loaded, hr).get(job)
    assert unknown.json()["error"]["message"] == anothers.json()["error"]["message"]
    assert (
        browser.post(nouns).status_code
        == browser.post(nouns, {"history": SimpleUploadedFile("a.csv", b"")}).status_code
        == 422
    )


def test_a_file_that_cant_be_read_leaves_nothing_behind(loaded: Trust, browse: Browse, administrator: "User") -> None:
    browser = browse(loaded, administrator)
    assert browser.post(PAGE).status_code == 422
    answer = browser.post(PAGE, {"history": SimpleUploadedFile("past.csv", b"day,om_key\n")})
    with trust_scope(loaded):
        (job,) = do_waiting()
        assert not list(history_file("any.csv").parent.glob("*.csv"))
    assert "lacks these columns" in text_of(browser, answer["Location"])
    assert job.result is None


def test_a_program_is_told_that_its_file_is_too_large(
    loaded: Trust, browse: Browse, administrator: "User", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ENV, "upload_megabytes", 1)
    large = SimpleUploadedFile("past.csv", b"day,om_key\n" * 100_000)
    answer = browse(loaded, administrator).post("/api/workload/history-files", {"history": large})
    assert answer.status_code == 422
    assert [one["message"] for one in answer.json()["error"]["details"]] == [
        "This is larger than 1 MB. Send it in parts."
    ]
