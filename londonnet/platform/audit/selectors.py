"""Every read of the trail: searched, the newest first, fifty at a time, in a fixed number of queries."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import TrailEntry

PAGE = 50


@dataclass(frozen=True, slots=True)
class Search:
    """What an auditor looks for; what is empty narrows nothing.

    Args:
        kind: ``access.signed_in``, or an application's name for all of its kinds.
        who: part of the name or email of a user, or of the name of a command or job.
        subject_type: what kind of thing it happened to.
        subject_id: which one.
        about: identifier of the supervised person or victim.
        since: the first day.
        until: the last day, it included.
    """

    kind: str = ""
    who: str = ""
    subject_type: str = ""
    subject_id: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None

    def given(self) -> dict[str, str]:
        """What was asked for, as plain text: for the trail itself and for links to further pages."""
        return {name: str(value) for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class TrailPage:
    """A page of the trail; ``older`` is where the next page begins, None on the last."""

    rows: tuple[TrailEntry, ...]
    older: int | None


def trail(search: Search, before: int | None = None) -> TrailPage:
    """Entries that match, the newest first; one query.

    Args:
        search: what to look for.
        before: only entries older than the one of that number; None begins with the newest.
    """
    found = _matching(search).order_by("-pk")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.defer("before", "after")[: PAGE + 1])
    return TrailPage(tuple(rows[:PAGE]), rows[PAGE - 1].pk if len(rows) > PAGE else None)


def entry(pk: int) -> TrailEntry | None:
    """One entry, whole, or None."""
    return TrailEntry.objects.filter(pk=pk).first()


def _matching(search: Search) -> QuerySet[TrailEntry]:
    same: dict[str, Any] = {"subject_type": search.subject_type, "subject_id": search.subject_id, "about": search.about}
    found = TrailEntry.objects.filter(**{name: value for name, value in same.items() if value})
    if search.kind:
        found = found.filter(_of_kind(search.kind))
    if search.who:
        found = found.filter(_by(search.who))
    if search.since:
        found = found.filter(at__gte=_midnight(search.since))
    if search.until:
        found = found.filter(at__lt=_midnight(search.until + timedelta(days=1)))
    return found


def _of_kind(kind: str) -> Q:
    return Q(kind=kind) if "." in kind else Q(kind__startswith=f"{kind}.")


def _by(who: str) -> Q:
    """A user's entries by number, so that the index is used; those of commands and jobs by name."""
    users = get_user_model().objects.filter(Q(name__icontains=who) | Q(email__icontains=who)).values("pk")
    return Q(actor_id__in=users) | Q(actor_id=None, actor_name__icontains=who)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
