"""The pages of the national feeds, as those who may and may not see them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from londonnet.apps.national import services
from londonnet.apps.national.models import Load, ReceivedFile
from londonnet.config.environment import ENV
from londonnet.platform.access.models import User
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.jobs.models import JobState
from londonnet.platform.trusts import Trust, trust_scope

from .workbooks import national, person, write

Browse = Callable[..., Client]


@pytest.fixture
def loaded(alpha: Trust, tmp_path: Path) -> Iterator[Load]:
    """An extract in force, with one row in quarantine."""
    rows = [person("N07A001", commtierb2=4), person("N07A002", commtierb2="lots")]
    path = write(tmp_path / "extract.xlsx", national(wmt_extract_filtered=rows))
    with trust_scope(alpha):
        load = services.load_extract(file=services.receive(path, name="november.xlsx", came_by="command")).load
    yield load


def send(client: Client, content: bytes, name: str = "extract.xlsx", **more: str) -> Any:
    return client.post("/national", {"workbook": SimpleUploadedFile(name, content), **more})


def test_a_team_manager_sees_the_report_and_not_the_rows(alpha: Trust, bob: User, browse: Browse, loaded: Load) -> None:
    client = browse(alpha, bob)
    assert "november.xlsx" in client.get("/national").content.decode()
    report = client.get(f"/national/loads/{loaded.pk}").content.decode()
    assert "Extract of 20 November 2026" in report
    assert "Made-up Service" in report
    for address in (f"/national/loads/{loaded.pk}/quarantine", f"/national/loads/{loaded.pk}/quarantine.xlsx"):
        assert client.get(address).status_code == 404
    assert client.post("/national/put-back").status_code == 404


def test_a_practitioner_sees_nothing_of_it(alpha: Trust, alice: User, browse: Browse, loaded: Load) -> None:
    client = browse(alpha, alice)
    for address in ("/national", f"/national/loads/{loaded.pk}", f"/national/loads/{loaded.pk}/quarantine"):
        assert client.get(address).status_code == 404
    assert "National extract" not in client.get("/").content.decode()


def test_an_administrator_sees_why_and_that_is_recorded(
    alpha: Trust, administrator: User, browse: Browse, loaded: Load
) -> None:
    client = browse(alpha, administrator)
    page = client.get(f"/national/loads/{loaded.pk}/quarantine").content.decode()
    assert "isn&#39;t a number" in page
    assert "OFFICIAL-SENSITIVE" in page
    file = client.get(f"/national/loads/{loaded.pk}/quarantine.xlsx")
    assert file.getvalue().startswith(b"PK")
    with trust_scope(alpha):
        looked = TrailEntry.objects.filter(kind="audit.consulted", actor_id=administrator.pk)
        assert set(looked.values_list("subject_type", flat=True)) == {"national_quarantine", "national_quarantine_file"}


def test_the_home_page_of_an_administrator_says_what_is_in_force(
    alpha: Trust, administrator: User, browse: Browse, loaded: Load
) -> None:
    home = browse(alpha, administrator).get("/").content.decode()
    assert "In force: the extract of 20 November 2026" in home
    assert "1 row in quarantine" in home


def test_a_sent_file_becomes_a_job_of_who_sent_it(alpha: Trust, bob: User, browse: Browse) -> None:
    answer = send(browse(alpha, bob), b"PK anything", force="yes")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/jobs/")
    with trust_scope(alpha):
        assert ReceivedFile.objects.get().came_by == "page"
        assert JobState.objects.get().asked_by_id == bob.pk


def test_no_file_and_an_empty_one_are_said_beside_the_field(alpha: Trust, bob: User, browse: Browse) -> None:
    client = browse(alpha, bob)
    for answer in (client.post("/national"), send(client, b"")):
        assert answer.status_code == 422
        assert "Choose the workbook first" in answer.content.decode()
    with trust_scope(alpha):
        assert not ReceivedFile.objects.exists()


def test_a_file_beyond_the_largest_size_is_refused_and_not_kept(
    alpha: Trust, bob: User, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ENV, "upload_megabytes", 1)
    answer = send(browse(alpha, bob), b"x" * (1_048_576 + 200_000))
    assert answer.status_code == 422
    assert "larger than 1 MB" in answer.content.decode()
    with trust_scope(alpha):
        assert not ReceivedFile.objects.exists()


def test_the_page_takes_a_fixed_number_of_statements(
    alpha: Trust,
    bob: User,
    browse: Browse,
    loaded: Load,
    tmp_path: Path,
    count_queries: Callable[[], AbstractContextManager[Any]],
) -> None:
    client = browse(alpha, bob)
    client.get("/national")
    with count_queries() as few:
        client.get("/national")
    for number in range(3):
        path = write(
            tmp_path / f"{number}.xlsx", national(wmt_extract_filtered=[person("N07A001", commtierb2=number + 2)])
        )
        with trust_scope(alpha):
            services.load_extract(file=services.receive(path, name=path.name, came_by="command"), force=True)
    with count_queries() as more:
        client.get("/national")
    assert more.count == few.count <= 12
