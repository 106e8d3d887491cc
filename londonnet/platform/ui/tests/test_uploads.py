"""Files that are sent: bounded by request, and nobody's files don't touch the disk."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from londonnet.config.environment import ENV
from londonnet.platform.access.models import User
from londonnet.platform.ui.uploads import LimitedUploadHandler, was_too_large

HALF_AND_MORE = b"0" * 600_000


def _sent(user: User | AnonymousUser | None, *contents: bytes) -> WSGIRequest:
    files = {f"file{n}": SimpleUploadedFile(f"{n}.xlsx", content) for n, content in enumerate(contents)}
    request = RequestFactory().post("/national", {**files, "token": "t"})
    if user is not None:
        request.user = user
    request.upload_handlers = [LimitedUploadHandler(request)]
    return request


@pytest.fixture(autouse=True)
def one_megabyte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ENV, "upload_megabytes", 1)


def test_a_file_of_somebody_signed_in_is_taken() -> None:
    request = _sent(User(), HALF_AND_MORE)
    file = request.FILES["file0"]
    assert isinstance(file, UploadedFile)
    assert file.read() == HALF_AND_MORE
    assert request.POST["token"] == "t"
    assert not was_too_large(request)


def test_many_files_are_no_way_round_the_largest_size() -> None:
    request = _sent(User(), HALF_AND_MORE, HALF_AND_MORE)
    assert len(request.FILES) < 2
    assert was_too_large(request)


@pytest.mark.parametrize("user", [AnonymousUser(), None])
def test_files_of_nobody_are_thrown_away_and_the_form_is_read(user: AnonymousUser | None) -> None:
    request = _sent(user, HALF_AND_MORE, HALF_AND_MORE)
    assert request.POST["token"] == "t"
    assert len(request.FILES) == 0
    assert not was_too_large(request)
