"""The watched folder: what is left there is taken in once, and never lost."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from londonnet.apps.national import services
from londonnet.apps.national.folder import inbox, take_in
from londonnet.apps.national.models import ReceivedFile
from londonnet.platform.trusts import Trust, trust_scope

LATER = timedelta(minutes=1)


def _left(name: str) -> Path:
    path = inbox() / name
    path.write_bytes(b"a workbook")
    return path


def test_a_file_that_lies_still_is_taken_in_and_one_on_its_way_is_not(fresh_trust: Trust) -> None:
    with trust_scope(fresh_trust):
        path = _left("extract.xlsx")
        assert take_in() == 0
        assert take_in(now=datetime.now(UTC) + LATER) == 1
        assert not path.exists()
        assert ReceivedFile.objects.get().came_by == "folder"


def test_a_file_stays_where_it_is_when_taking_in_is_rolled_back(fresh_trust: Trust) -> None:
    with trust_scope(fresh_trust):
        path = _left("extract.xlsx")
        with pytest.raises(OSError, match="disk"), transaction.atomic():
            take_in(now=datetime.now(UTC) + LATER)
            raise OSError("the disk is full")
        assert path.exists()
        assert not ReceivedFile.objects.exists()


def test_a_link_to_another_place_is_not_followed(fresh_trust: Trust, tmp_path: Path) -> None:
    with trust_scope(fresh_trust):
        elsewhere = tmp_path / "secret.xlsx"
        elsewhere.write_bytes(b"of another trust")
        (inbox() / "link.xlsx").symlink_to(elsewhere)
        assert take_in(now=datetime.now(UTC) + LATER) == 0


def test_a_senders_name_leads_to_no_other_folder(fresh_trust: Trust) -> None:
    with trust_scope(fresh_trust):
        for name in ("../../../etc/passwd.xlsx", "/tmp/x.xlsx", "a\\..\\b.xlsx", "x" * 300 + ".xlsx"):
            file = services.receive([b"content"], name=name, came_by="page")
            assert file.name == name[:255]
            assert "/" not in file.stored_as
