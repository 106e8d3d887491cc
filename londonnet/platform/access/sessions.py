"""How long a session lasts: so many minutes without activity, so many hours in all. And which sessions a user has."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from londonnet.config.environment import ENV

from .browsers import browser_in_words
from .models import User, UserSession

STARTED, SEEN, RECORD = "londonnet_started", "londonnet_seen", "londonnet_session"
WRITTEN_EVERY = timedelta(minutes=1)


def is_over(session: SessionBase, now: datetime) -> bool:
    """Whether a session has been idle too long or has lasted too long; asked by pages and live connections alike.

    A session that has only just begun isn't marked yet, and isn't over.
    """
    started, seen = _moment(session, STARTED), _moment(session, SEEN)
    if started is None or seen is None:
        return False
    idle, whole = timedelta(minutes=ENV.session_idle_minutes), timedelta(hours=ENV.session_hours)
    return now - seen >= idle or now - started >= whole


class SessionLimitsMiddleware:
    """Ends sessions that are over, and notes activity at most once a minute.

    A page that refreshes itself (``X-LondonNet-Refresh``) isn't activity. A request whose session has ended goes on
    as nobody's; a page that asks for sign-in then says why (``request.session_ended``).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            _keep_or_end(request, self.now())
        return self.get_response(request)

    def now(self) -> datetime:
        """The moment that sessions are held against."""
        return timezone.now()


def _keep_or_end(request: HttpRequest, now: datetime) -> None:
    if is_over(request.session, now):
        forget(request)
        logout(request)
        request.session_ended = True  # type: ignore[attr-defined]  # read where sign-in is asked for
        return
    seen = _moment(request.session, SEEN)
    if seen is None:
        begin(request, cast(User, request.user), now)
    elif now - seen >= WRITTEN_EVERY and not request.headers.get("X-LondonNet-Refresh"):
        request.session[SEEN] = now.timestamp()
        UserSession.objects.filter(pk=_record(request)).update(last_seen_at=now)


def begin(request: HttpRequest, user: User, now: datetime | None = None) -> None:
    """Note a new session; its key is known because signing in has saved it. One statement."""
    now = now or timezone.now()
    note = UserSession(
        user=user,
        session_key=request.session.session_key or "",
        browser=browser_in_words(request.headers.get("User-Agent", "")),
        started_at=now,
        last_seen_at=now,
    )
    changed = ["user", "browser", "started_at", "last_seen_at"]
    (kept,) = UserSession.objects.bulk_create(
        [note], update_conflicts=True, unique_fields=["session_key"], update_fields=changed
    )
    request.session.update({STARTED: now.timestamp(), SEEN: now.timestamp(), RECORD: kept.pk})


def begin_at_sign_in(request: HttpRequest, user: User, **others: Any) -> None:
    """Receiver of Django's ``user_logged_in``: however somebody signs in, their session's time runs from then."""
    begin(request, user)


def follow(request: HttpRequest) -> None:
    """The session has got a new key (a password was changed): the note of it follows."""
    UserSession.objects.filter(pk=_record(request)).update(session_key=request.session.session_key or "")


def forget(request: HttpRequest) -> None:
    """Drop the note of a session that is being ended."""
    UserSession.objects.filter(pk=_record(request)).delete()


def end(user: User, record: int) -> bool:
    """End one session of a user, at once; answers whether there was such a session."""
    keys = UserSession.objects.filter(user=user, pk=record).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    return bool(UserSession.objects.filter(user=user, pk=record).delete()[0])


def end_all(user: User, *, but: int | None = None) -> None:
    """End all sessions of a user, at once.

    Args:
        user: whose.
        but: the note of the session to keep, if one is kept.
    """
    ending = UserSession.objects.filter(user=user).exclude(pk=but or 0)
    Session.objects.filter(session_key__in=list(ending.values_list("session_key", flat=True))).delete()
    ending.delete()


def forget_old(*, now: datetime | None = None) -> None:
    """Delete the notes of sessions that must have ended, and Django's expired ones."""
    moment = now or timezone.now()
    UserSession.objects.filter(started_at__lt=moment - timedelta(hours=ENV.session_hours)).delete()
    Session.objects.filter(expire_date__lt=moment).delete()


def _record(request: HttpRequest) -> int:
    """The number of the note of a request's session; 0 if there's none."""
    return int(request.session.get(RECORD) or 0)


def _moment(session: SessionBase, name: str) -> datetime | None:
    kept = session.get(name)
    return datetime.fromtimestamp(kept, UTC) if isinstance(kept, int | float) else None
