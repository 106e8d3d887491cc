import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from django.core.mail import send_mail
from django.db import transaction

from londonnet.config.environment import ENV
from londonnet.platform.jobs.models import JobState
from londonnet.platform.notices.models import OutboxMessage
from londonnet.platform.notices.sending import NotSent, deliver
from londonnet.platform.notices.smtp import BadSmtpUrl, parameters
from londonnet.platform.trusts import Trust, trust_scope

SENDING = "notices.send_message"


class _MailServer(socketserver.StreamRequestHandler):
    """As much of SMTP as is needed to take a message, or to refuse it."""

    server: "PostOffice"

    def handle(self) -> None:
        self.say("220 ready")
        for line in self.rfile:
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self.say("354 go on")
                self.server.taken.append(self.letter())
                self.say("250 taken")
            elif verb == b"RCPT" and self.server.refuses:
                self.say("550 no such box")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def letter(self) -> Message:
        lines = iter(self.rfile.readline, b".\r\n")
        return message_from_bytes(b"".join(lines))

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class PostOffice(socketserver.ThreadingTCPServer):
    """A mail server on this machine, and what it has taken."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _MailServer)
        self.taken: list[Message] = []
        self.refuses = False

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


@pytest.fixture
def mail_server() -> Iterator[PostOffice]:
    with PostOffice() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_without_a_mail_server_messages_stay_in_the_outbox(in_alpha: Trust) -> None:
    send_mail("Subject", "Body", None, ["erin@example.org", "frank@example.org"])
    message = OutboxMessage.objects.get()
    assert (message.to, message.subject, message.body) == ("erin@example.org, frank@example.org", "Subject", "Body")
    assert message.sent_at is None
    assert not JobState.objects.filter(name=SENDING).exists()


def test_with_a_mail_server_a_job_is_asked_for_in_the_same_transaction(
    in_alpha: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ENV, "smtp_url", "smtp://127.0.0.1:1")
    send_mail("Subject", "Body", None, ["erin@example.org"])
    assert JobState.objects.filter(name=SENDING).count() == 1
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send_mail("Second", "Body", None, ["erin@example.org"])
        raise ZeroDivisionError
    assert OutboxMessage.objects.count() == JobState.objects.filter(name=SENDING).count() == 1


def test_a_message_that_is_taken_loses_its_words(in_alpha: Trust, mail_server: PostOffice) -> None:
    send_mail("Set a password", "https://alpha.example/welcome/secret", None, ["erin@example.org"])
    deliver(OutboxMessage.objects.get(), mail_server.url)
    (letter,) = mail_server.taken
    assert (letter["Subject"], letter["To"]) == ("Set a password", "erin@example.org")
    assert "welcome/secret" in letter.get_payload()
    message = OutboxMessage.objects.get()
    assert message.sent_at is not None
    assert message.body == ""


@pytest.mark.parametrize("is_there", [True, False])
def test_a_message_that_isnt_taken_stays_and_says_why_without_names(
    in_alpha: Trust, mail_server: PostOffice, is_there: bool
) -> None:
    mail_server.refuses = True
    send_mail("Subject", "Body", None, ["erin@example.org"])
    with pytest.raises(NotSent):
        deliver(OutboxMessage.objects.get(), mail_server.url if is_there else "smtp://127.0.0.1:9")
    message = OutboxMessage.objects.get()
    assert (message.sent_at, message.body) == (None, "Body")
    assert message.error
    assert "erin" not in message.error


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 25, "", False, False)),
        ("smtp://me:p%40ss@mail.example:587?tls=true", ("mail.example", 587, "me", True, False)),
        ("smtps://mail.example", ("mail.example", 465, "", False, True)),
    ],
)
def test_the_address_of_a_mail_server_is_understood(url: str, expected: Any) -> None:
    given = parameters(url)
    assert (given["host"], given["port"], given["username"], given["use_tls"], given["use_ssl"]) == expected


def test_a_password_in_the_address_may_hold_any_character() -> None:
    assert parameters("smtp://me:p%40ss@mail.example")["password"] == "p@ss"


@pytest.mark.parametrize("url", ["", "mail.example", "http://mail.example", "smtp://"])
def test_what_isnt_the_address_of_a_mail_server_is_said(url: str) -> None:
    with pytest.raises(BadSmtpUrl, match="LONDONNET_SMTP_URL"):
        parameters(url)


def test_messages_of_one_trust_arent_in_anothers_outbox(alpha: Trust, beta: Trust) -> None:
    with trust_scope(alpha):
        send_mail("Subject", "Body", None, ["erin@example.org"])
    with trust_scope(beta):
        assert not OutboxMessage.objects.exists()
