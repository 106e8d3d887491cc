"""A list for tests: boats, with every kind of column and filter."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from londonnet.platform.access.models import User
from londonnet.platform.lists.asking import Asked, asked
from londonnet.platform.lists.columns import Column, Kind
from londonnet.platform.lists.filters import Filter
from londonnet.platform.lists.spec import ListSpec, declare, declared

NAME = "tests.boats"


@dataclass(frozen=True, slots=True)
class Boat:
    """A boat."""

    name: str
    crew: int | None = 4
    load: float | None = 95.456
    hours: Decimal = Decimal("37.50")
    built: date = date(2026, 11, 20)
    home: str = "Pier"


def boats() -> ListSpec:
    """The list, declared once however many tests use it."""
    return declared(NAME) or declare(
        ListSpec(
            NAME,
            (
                Column(
                    "name",
                    "Boat",
                    of=lambda boat: boat.name,
                    always=True,
                    note=lambda boat: boat.home,
                    note_label="Home",
                ),
                Column("crew", "Crew", Kind.WHOLE, lambda boat: boat.crew),
                Column(
                    "load", "Load", Kind.BAR, lambda boat: boat.load, decimals=1, without=lambda boat: "not weighed"
                ),
                Column("hours", "Hours", Kind.HOURS, lambda boat: boat.hours),
                Column("built", "Built", Kind.DATE, lambda boat: boat.built, default=False, sortable=False),
            ),
            filters=(
                Filter("kind", "Kind", choices=(("tug", "Tug"), ("punt", "Punt"))),
                Filter("pier", "Pier", "choices", choices=(("east", "East"), ("west", "West"), ("north", "North"))),
                Filter("crew", "Crew", "numbers", unit=" people"),
                Filter("owner", "Owner", "text", identifies=True),
            ),
            noun="boat",
            size=10,
        )
    )


def request_for(user: User | AnonymousUser, query: str = "") -> HttpRequest:
    """A request for the page of the list."""
    request = RequestFactory().get(f"/boats?{query}")
    request.user = user
    return request


def ask(user: Any, query: str = "") -> Asked:
    """What such a request asks of the list."""
    return asked(request_for(user, query), boats())
