import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from londonnet.platform.access.models import User
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.notices.models import OutboxMessage
from londonnet.platform.notices.outbox_views import lines_with_links
from londonnet.platform.trusts import Trust, trust_scope


@pytest.fixture
def office(alpha: Trust, browse: Callable[..., Client], administrator: User) -> Client:
    return browse(alpha, administrator)


def test_a_reset_link_is_in_the_outbox_and_can_be_followed(
    alpha: Trust, browse: Callable[..., Client], office: Client, make_user: Callable[..., User]
) -> None:
    make_user(alpha, "erin@example.org", password="correct horse battery staple")
    browse(alpha).post("/password/reset", {"email": "erin@example.org"})
    page = office.get("/outbox").content.decode()
    assert "erin@example.org" in page
    message = office.get(re.findall(r'href="(/outbox/\d+)"', page)[0]).content.decode()
    link = re.findall(r'href="http://localhost(?::\d+)?(/password/reset/key/[^"]+)"', message)[0]
    browser = browse(alpha)
    assert browser.get(browser.get(link)["Location"]).status_code == 200


def test_reading_somebodys_message_is_recorded(alpha: Trust, office: Client, administrator: User) -> None:
    with trust_scope(alpha):
        message = OutboxMessage.objects.create(to="a@example.org", subject="S", body="B")
    office.get(f"/outbox/{message.pk}")
    with trust_scope(alpha):
        entry = TrailEntry.objects.get(kind="audit.consulted")
    assert (entry.actor_id, entry.subject_type, entry.subject_id) == (administrator.pk, "message", str(message.pk))


def test_what_was_sent_is_no_longer_shown(alpha: Trust, office: Client) -> None:
    with trust_scope(alpha):
        message = OutboxMessage.objects.create(to="a@example.org", subject="Gone", body="", sent_at=timezone.now())
    assert "Gone" not in office.get("/outbox").content.decode()
    assert office.get(f"/outbox/{message.pk}").status_code == 404


def test_fifty_messages_are_on_a_page_with_a_fixed_number_of_queries(
    alpha: Trust, office: Client, count_queries: Callable[[], AbstractContextManager[Any]]
) -> None:
    with trust_scope(alpha):
        OutboxMessage.objects.create(to="a@example.org", subject="S 0", body="B")
    with count_queries() as few:
        office.get("/outbox")
    with trust_scope(alpha):
        OutboxMessage.objects.bulk_create(
            [OutboxMessage(to="a@example.org", subject=f"S {n}", body="B") for n in range(1, 80)]
        )
    with count_queries() as many:
        page = office.get("/outbox").content.decode()
    assert many.count == few.count <= 12
    assert page.count("/outbox/") == 50
    older = re.findall(r'href="(\?before=\d+)"', page)[0]
    assert office.get(f"/outbox{older}").content.decode().count("/outbox/") == 30


def test_links_are_told_from_words() -> None:
    body = "Set it here: https://a.example/x?y=1 now\n\n<b>bold</b>"
    assert lines_with_links(body) == [
        [("Set it here: ", False), ("https://a.example/x?y=1", True), (" now", False)],
        [],
        [("<b>bold</b>", False)],
    ]


def test_markup_in_a_message_is_shown_as_text(alpha: Trust, office: Client) -> None:
    with trust_scope(alpha):
        message = OutboxMessage.objects.create(to="a@example.org", subject="S", body="<script>alert(1)</script>")
    assert "<script>alert" not in office.get(f"/outbox/{message.pk}").content.decode()


def test_an_empty_outbox_says_so(office: Client) -> None:
    assert "Nothing here" in office.get("/outbox").content.decode()
