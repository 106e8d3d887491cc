"""An empty outbox for each test, and a browser of the administrator's."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from londonnet.platform.access.models import User
from londonnet.platform.trusts import Trust


@pytest.fixture(autouse=True)
def empty_mailbox() -> None:
    mail.outbox = []


@pytest.fixture
def office(alpha: Trust, browse: Callable[..., Client], administrator: User) -> Client:
    return browse(alpha, administrator)
