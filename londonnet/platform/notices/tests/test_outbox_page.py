import re

import pytest
from django.test import override_settings
from django.utils import timezone

from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.notices.models import OutboxMessage
from londonnet.platform.notices.views import lines_with_links
from londonnet.platform.trusts import trust_scope


@pytest.fixture(autouse=True)
def our_backend():
    with override_settings(EMAIL_BACKEND="londonnet.platform.notices.mail.TrustMailBackend"):
        yield


@pytest.fixture
def office(alpha, browse, administrator):
    return browse(alpha, administrator)


def test_a_reset_link_is_in_the_outbox_and_can_be_followed(alpha, browse, office, make_user):
    make_user(alpha, "erin@example.org", password="correct horse battery staple")
    browse(alpha).post("/password/reset", {"email": "erin@example.org"})
    page = office.get("/outbox").content.decode()
    assert "erin@example.org" in page
    message = office.get(re.search(r'href="(/outbox/\d+)"', page)[1]).content.decode()
    link = re.search(r'href="http://localhost(/password/reset/key/[^"]+)"', message)[1]
    browser = browse(alpha)
    assert browser.get(browser.get(link)["Location"]).status_code == 200


def test_reading_somebodys_message_is_recorded(alpha, office, administrator):
    with trust_scope(alpha):
        message = OutboxMessage.objects.create(to="a@example.org", subject="S", body="B")
    office.get(f"/outbox/{message.pk}")
    with trust_scope(alpha):
        entry = TrailEntry.objects.get(kind="audit.consulted")
    assert (entry.actor_id, entry.subject_type, entry.subject_id) == (administrator.pk, "message", str(message.pk))


def test_what_was_sent_is_no_longer_shown(alpha, office):
    with trust_scope(alpha):
        message = OutboxMessage.objects.create(to="a@example.org", subject="Gone", body="", sent_at=timezone.now())
    assert "Gone" not in office.get("/outbox").content.decode()
    assert office.get(f"/outbox/{message.pk}").status_code == 404


def test_fifty_messages_are_on_a_page_with_a_fixed_number_of_queries(alpha, office, count_queries):
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
    older = re.search(r'href="(\?before=\d+)"', page)[1]
    assert office.get(f"/outbox{older}").content.decode().count("/outbox/") == 30


def test_links_are_told_from_words():
    body = "Set it here: https://a.example/x?y=1 now\n\n<b>bold</b>"
    assert lines_with_links(body) == [
        [("Set it here: ", False), ("https://a.example/x?y=1", True), (" now", False)],
        [],
        [("<b>bold</b>", False)],
    ]


def test_markup_in_a_message_is_shown_as_text(alpha, office):
    with trust_scope(alpha):
        message = OutboxMessage.objects.create(to="a@example.org", subject="S", body="<script>alert(1)</script>")
    assert "<script>alert" not in office.get(f"/outbox/{message.pk}").content.decode()


def test_an_empty_outbox_says_so(office):
    assert "Nothing here" in office.get("/outbox").content.decode()
