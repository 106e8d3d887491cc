"""Reads of saved views."""

from dataclasses import dataclass

from django.db.models import Q

from londonnet.platform.access.models import User

from .models import SavedView


@dataclass(frozen=True, slots=True)
class View:
    """A view that somebody has saved of a list."""

    pk: int
    name: str
    query: str
    is_default: bool
    is_removed: bool


def views_of(user: User, list_name: str, *, removed: str = "") -> tuple[View, ...]:
    """The views that somebody has saved of a list, in their order. One query.

    Args:
        user: whose.
        list_name: of which list.
        removed: number of one that is given too although it was removed.
    """
    wanted = Q(removed_at=None)
    if removed.isascii() and removed.isdigit() and len(removed) < 19:
        wanted |= Q(pk=int(removed))
    rows = SavedView.objects.filter(wanted, user=user, list_name=list_name).order_by("position", "pk")
    return tuple(
        View(pk, name, query, is_default, removed_at is not None)
        for pk, name, query, is_default, removed_at in rows.values_list(
            "pk", "name", "query", "is_default", "removed_at"
        )
    )
