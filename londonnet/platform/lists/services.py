"""Every write of saved views. Each is one person's own: nobody reaches another's."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import QueryDict
from django.utils import timezone

from londonnet.platform.access.models import User
from londonnet.platform.audit import Event, record
from londonnet.platform.errors import NotAllowed

from .errors import BadName, TooManyViews
from .models import NAME_LENGTH, SavedView
from .spec import declared
from .wanted import wanted, written

MOST: Final = 50
_KEPT_REMOVED: Final = timedelta(days=1)


@transaction.atomic
def save_view(*, user: User, list_name: str, name: str, query: str) -> SavedView:
    """Save a view of a list; it replaces the one of that name.

    Args:
        user: whose it is.
        list_name: the list.
        name: what it is called, whatever its capitals.
        query: parameters; only those of the list are kept, and none that points to a person.

    Raises:
        NotAllowed: there is no such list.
        BadName: it has no name, or too long a one.
        TooManyViews: there are as many as there may be.
    """
    spec = declared(list_name)
    if spec is None:
        raise NotAllowed
    name, views = _good(name), _views(user, list_name)
    kept = written(spec, wanted(spec, QueryDict(query)), to_keep=True).urlencode()
    view = views.filter(name__iexact=name).first()
    if view is None:
        if views.count() >= MOST:
            raise TooManyViews(MOST)
        view = SavedView(user=user, list_name=list_name, position=_last(views) + 1)
    view.name, view.query = name, kept
    view.save()
    _record("saved", view)
    return view


@transaction.atomic
def rename_view(*, user: User, pk: int, name: str) -> SavedView:
    """Call a view something else.

    Raises:
        NotAllowed: it isn't theirs, or there is none.
        BadName: it has no name, too long a one, or that of another view.
    """
    view = _own(user, pk)
    name = _good(name)
    if _views(user, view.list_name).filter(name__iexact=name).exclude(pk=pk).exists():
        raise BadName("Another of your views has this name. Choose a different one.")
    view.name = name
    view.save(update_fields=["name"])
    _record("renamed", view)
    return view


@transaction.atomic
def set_default(*, user: User, pk: int, is_default: bool) -> SavedView:
    """Make a view the one that the list opens with, in place of any other; or no longer.

    Raises:
        NotAllowed: it isn't theirs, or there is none.
    """
    view = _own(user, pk)
    _views(user, view.list_name).filter(is_default=True).update(is_default=False)
    view.is_default = is_default
    view.save(update_fields=["is_default"])
    _record("made_default" if is_default else "no_longer_default", view)
    return view


@transaction.atomic
def move_up(*, user: User, pk: int) -> SavedView:
    """Put a view one place further up; the first one stays where it is.

    Raises:
        NotAllowed: it isn't theirs, or there is none.
    """
    view = _own(user, pk)
    above = _views(user, view.list_name).filter(position__lt=view.position).order_by("-position").first()
    if above:
        view.position, above.position = above.position, view.position
        SavedView.objects.bulk_update([view, above], ["position"])
        _record("moved", view)
    return view


@transaction.atomic
def remove_view(*, user: User, pk: int) -> SavedView:
    """Remove a view; for a day it can be put back.

    Raises:
        NotAllowed: it isn't theirs, or there is none.
    """
    view, now = _own(user, pk), timezone.now()
    SavedView.objects.filter(user=user, removed_at__lt=now - _KEPT_REMOVED).delete()
    view.removed_at = now
    view.save(update_fields=["removed_at"])
    _record("removed", view)
    return view


@transaction.atomic
def restore_view(*, user: User, pk: int) -> SavedView:
    """Put back a view that was removed; it is the default again if none has taken its place.

    Raises:
        NotAllowed: it isn't theirs, or it is gone for good.
        BadName: another view has its name by now.
    """
    view = SavedView.objects.select_for_update().filter(user=user, pk=pk).first()
    if view is None:
        raise NotAllowed
    others = _views(user, view.list_name).exclude(pk=pk)
    if others.filter(name__iexact=view.name).exists():
        raise BadName("Another of your views has this name by now. Rename that one first.")
    view.removed_at = None
    view.is_default = view.is_default and not others.filter(is_default=True).exists()
    view.save(update_fields=["removed_at", "is_default"])
    _record("restored", view)
    return view


def _views(user: User, list_name: str) -> QuerySet[SavedView]:
    """Their views of a list. Their own row is locked, so that two tabs take turns."""
    User.objects.select_for_update(of=("self",)).only("pk").get(pk=user.pk)
    return SavedView.objects.filter(user=user, list_name=list_name, removed_at=None)


def _own(user: User, pk: int) -> SavedView:
    view = SavedView.objects.select_for_update().filter(user=user, pk=pk, removed_at=None).first()
    if view is None:
        raise NotAllowed
    return view


def _good(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise BadName("Enter a name for the view.")
    if len(name) > NAME_LENGTH:
        raise BadName(f"The name must be {NAME_LENGTH} characters or fewer.")
    return name


def _last(views: QuerySet[SavedView]) -> int:
    return views.aggregate(last=Max("position"))["last"] or 0


def _record(what: str, view: SavedView) -> None:
    after = {"list": view.list_name, "name": view.name, "query": view.query}
    record(Event(kind=f"lists.view_{what}", subject_type="saved_view", subject_id=str(view.pk), after=after))
