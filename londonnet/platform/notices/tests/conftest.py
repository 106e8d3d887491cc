"""The newsroom, open for the length of a test, and emails that stay in the outbox."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from londonnet.platform.registry.applications import REGISTRY

from .newsroom import MANIFEST


@pytest.fixture(autouse=True)
def our_backend() -> Iterator[None]:
    with override_settings(EMAIL_BACKEND="londonnet.platform.notices.mail.TrustMailBackend"):
        yield


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REGISTRY._manifests, MANIFEST.name, MANIFEST)
