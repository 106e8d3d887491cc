"""What an address asks of a list, and how that is written back."""

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from londonnet.platform.lists import services
from londonnet.platform.lists.columns import Sort, ordered
from londonnet.platform.lists.paging import page_of
from londonnet.platform.lists.spec import ListSpec, declare
from londonnet.platform.lists.toolbar import narrowed_in_words, toolbar
from londonnet.platform.trusts import Trust

from .sample import NAME, Boat, ask, boats

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

STANDARD = ["name", "crew", "load", "hours"]


def keys(user: "User", query: str) -> list[str]:
    return [column.key for column in ask(user, query).columns]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", STANDARD),
        ("columns=load,name", ["name", "load"]),
        ("columns=name&columns=built&columns=crew", ["name", "crew", "built"]),
        ("columns=built", ["name", "built"]),
        ("columns=sails,oars", STANDARD),
        ("columns=", STANDARD),
    ],
)
def test_columns_are_chosen_in_the_order_of_the_list(
    in_alpha: Trust, alice: "User", query: str, shown: list[str]
) -> None:
    assert keys(alice, query) == shown


@pytest.mark.parametrize(
    ("query", "sort"),
    [("sort=-crew", "-crew"), ("sort=crew", "crew"), ("sort=built", "name"), ("sort=x", "name"), ("sort=-", "name")],
)
def test_a_list_is_sorted_by_columns_that_can_be(in_alpha: Trust, alice: "User", query: str, sort: str) -> None:
    assert str(ask(alice, query).sort) == sort


def test_filters_take_what_they_know(in_alpha: Trust, alice: "User") -> None:
    asked = ask(alice, "kind=TUG&pier=west&pier=east&pier=south&crew-from=2&crew-to=many&owner=+Ann+")
    assert (asked.choice("kind"), asked.choices("pier"), asked.choice("owner")) == ("tug", ("east", "west"), "Ann")
    assert (asked.between("crew").low, asked.between("crew").high) == (Decimal(2), None)
    assert narrowed_in_words(asked) == ("Kind: Tug", "Pier: East", "Pier: West", "Crew from 2 people", "Owner: Ann")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e99", "--", "", "9" * 40])
def test_a_number_that_is_none_narrows_nothing(in_alpha: Trust, alice: "User", number: str) -> None:
    assert ask(alice, f"crew-from={number}").between("crew").low is None


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999", "\N{SUPERSCRIPT TWO}"])
def test_a_page_that_is_none_is_the_first(in_alpha: Trust, alice: "User", page: str) -> None:
    assert page_of(ask(alice, f"page={page}"), 35).number == 1


def test_pages_end_with_the_last_and_an_export_has_one(in_alpha: Trust, alice: "User") -> None:
    last = page_of(ask(alice, "page=50"), 35)
    assert (last.number, last.pages, last.first, last.size) == (4, 4, 30, 10)
    export = page_of(ask(alice, "page=3&format=csv"), 35)
    assert (export.first, export.size) == (0, 35)


def test_what_is_asked_is_written_back_with_what_the_page_itself_needs(in_alpha: Trust, alice: "User") -> None:
    asked = ask(alice, "within=trust&page=2&fragment=figures&format=pdf&kind=tug&sort=name&columns=name,crew,junk")
    assert asked.GET.urlencode() == "within=trust&kind=tug&columns=name%2Ccrew&page=2"
    assert asked.format == ""


def test_a_chip_leads_to_the_list_without_it_and_keeps_the_rest(in_alpha: Trust, alice: "User") -> None:
    bar = toolbar(ask(alice, "within=trust&pier=east&pier=west&sort=-crew&page=3"))
    assert [(chip.label, chip.url) for chip in bar.chips] == [
        ("Pier: East", "/boats?within=trust&pier=west&sort=-crew"),
        ("Pier: West", "/boats?within=trust&pier=east&sort=-crew"),
    ]
    assert bar.clear_url == "/boats?within=trust&sort=-crew"


def test_the_default_view_applies_where_nothing_is_asked(in_alpha: Trust, alice: "User") -> None:
    save_default(alice, "columns=name,built&sort=-crew&kind=tug")
    asked = ask(alice, "within=trust")
    assert [column.key for column in asked.columns] == ["name", "built"]
    assert (str(asked.sort), asked.choice("kind")) == ("-crew", "tug")
    assert asked.view is not None
    assert not asked.is_changed
    again = ask(alice, asked.GET.urlencode())
    assert (again.GET, again.view) == (asked.GET, asked.view)


def test_a_link_that_narrows_gets_the_columns_of_the_default_view_but_never_its_filters(
    in_alpha: Trust, alice: "User"
) -> None:
    save_default(alice, "columns=name,built&sort=-crew&kind=tug")
    asked = ask(alice, "pier=east")
    assert [column.key for column in asked.columns] == ["name", "built"]
    assert (asked.choice("kind"), asked.choices("pier"), asked.view) == ("", ("east",), None)
    assert ask(alice, asked.GET.urlencode()).GET == asked.GET


def test_clearing_all_that_a_default_view_asks_for_stays_cleared(in_alpha: Trust, alice: "User") -> None:
    save_default(alice, "kind=tug")
    cleared = toolbar(ask(alice)).clear_url
    assert cleared == "/boats?view=standard"
    assert ask(alice, cleared.partition("?")[2]).choice("kind") == ""


def test_a_view_that_is_followed_and_altered_says_so(in_alpha: Trust, alice: "User") -> None:
    view = services.save_view(user=alice, list_name=NAME, name="Tugs", query="kind=tug")
    assert not ask(alice, f"view={view.pk}").is_changed
    altered = ask(alice, f"view={view.pk}&kind=tug&sort=-crew")
    assert altered.view is not None
    assert altered.is_changed


def test_the_view_of_somebody_else_is_no_view(in_alpha: Trust, alice: "User", bob: "User") -> None:
    view = services.save_view(user=bob, list_name=NAME, name="Tugs", query="kind=tug")
    asked = ask(alice, f"view={view.pk}")
    assert (asked.view, asked.choice("kind"), asked.views) == (None, "", ())


def test_rows_without_a_value_stand_last_either_way(in_alpha: Trust, alice: "User") -> None:
    rows = [Boat("a", crew=2), Boat("b", crew=None), Boat("c", crew=9), Boat("d", crew=2)]
    for descending, expected in ((False, "adcb"), (True, "cadb")):
        named = "".join(boat.name for boat in ordered(rows, boats().columns, Sort("crew", descending)))
        assert named == expected


@pytest.mark.parametrize("kind", ["name", "key", "sort"])
def test_a_list_that_contradicts_itself_is_not_declared(kind: str) -> None:
    spec = boats()
    wrong = {
        "name": spec,
        "key": ListSpec("tests.twice", (*spec.columns, spec.columns[0])),
        "sort": ListSpec("tests.unsorted", spec.columns, default_sort="tonnage"),
    }
    with pytest.raises(ValueError, match=r"Two|can't"):
        declare(wrong[kind])


def save_default(user: "User", query: str) -> None:
    view = services.save_view(user=user, list_name=NAME, name="Mine", query=query)
    services.set_default(user=user, pk=view.pk, is_default=True)
