"""Saved views: one's own, kept under a name, and nobody else's."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.errors import NotAllowed
from londonnet.platform.lists import services
from londonnet.platform.lists.errors import BadName, TooManyViews
from londonnet.platform.lists.models import SavedView
from londonnet.platform.lists.selectors import views_of
from londonnet.platform.trusts import Trust, trust_scope

from .sample import NAME, boats

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

Browse = Callable[..., Client]


@pytest.fixture(autouse=True)
def declared() -> None:
    """The list is there."""
    boats()


def save(user: "User", name: str = "Tugs", query: str = "kind=tug") -> SavedView:
    return services.save_view(user=user, list_name=NAME, name=name, query=query)


def names(user: "User") -> list[str]:
    return [view.name for view in views_of(user, NAME)]


def test_a_view_keeps_what_is_the_lists_own_and_nothing_that_points_to_a_person(in_alpha: Trust, alice: "User") -> None:
    view = save(alice, query="within=team:N07T01&kind=tug&owner=X000001&sort=-crew&columns=name,crew&page=4&junk=1")
    assert view.query == "kind=tug&columns=name%2Ccrew&sort=-crew"


def test_saving_under_the_same_name_replaces(in_alpha: Trust, alice: "User") -> None:
    first, second = save(alice), save(alice, name="  TUGS ", query="kind=punt")
    assert (first.pk, second.query) == (second.pk, "kind=punt")
    assert names(alice) == ["TUGS"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_view_has_a_name_of_some_length(in_alpha: Trust, alice: "User", name: str) -> None:
    with pytest.raises(BadName):
        save(alice, name=name)


def test_two_views_cannot_come_to_have_one_name(in_alpha: Trust, alice: "User") -> None:
    save(alice)
    other = save(alice, name="Punts")
    with pytest.raises(BadName):
        services.rename_view(user=alice, pk=other.pk, name="tugs")
    assert services.rename_view(user=alice, pk=other.pk, name="PUNTS").name == "PUNTS"


def test_one_view_at_most_opens_first(in_alpha: Trust, alice: "User") -> None:
    first, second = save(alice), save(alice, name="Punts")
    for view in (first, second):
        services.set_default(user=alice, pk=view.pk, is_default=True)
    assert [view.name for view in views_of(alice, NAME) if view.is_default] == ["Punts"]
    services.set_default(user=alice, pk=second.pk, is_default=False)
    assert not any(view.is_default for view in views_of(alice, NAME))


def test_views_are_put_in_order(in_alpha: Trust, alice: "User") -> None:
    for name in ("a", "b", "c"):
        last = save(alice, name=name)
    services.move_up(user=alice, pk=last.pk)
    assert names(alice) == ["a", "c", "b"]
    services.move_up(user=alice, pk=last.pk)
    services.move_up(user=alice, pk=last.pk)
    assert names(alice) == ["c", "a", "b"]


def test_a_removed_view_can_be_put_back_as_it_was(in_alpha: Trust, alice: "User") -> None:
    view = save(alice)
    services.set_default(user=alice, pk=view.pk, is_default=True)
    services.remove_view(user=alice, pk=view.pk)
    assert names(alice) == []
    assert services.restore_view(user=alice, pk=view.pk).is_default
    assert names(alice) == ["Tugs"]


def test_a_view_put_back_does_not_push_out_what_took_its_place(in_alpha: Trust, alice: "User") -> None:
    view = save(alice)
    services.set_default(user=alice, pk=view.pk, is_default=True)
    services.remove_view(user=alice, pk=view.pk)
    heir = save(alice)
    with pytest.raises(BadName):
        services.restore_view(user=alice, pk=view.pk)
    services.rename_view(user=alice, pk=heir.pk, name="New tugs")
    services.set_default(user=alice, pk=heir.pk, is_default=True)
    assert not services.restore_view(user=alice, pk=view.pk).is_default


def test_there_may_be_so_many_views_and_no_more(in_alpha: Trust, alice: "User") -> None:
    for number in range(services.MOST):
        save(alice, name=f"view {number}")
    with pytest.raises(TooManyViews):
        save(alice, name="one more")
    assert save(alice, name="VIEW 1").name == "VIEW 1"


def test_nobody_reaches_the_view_of_somebody_else(in_alpha: Trust, alice: "User", bob: "User") -> None:
    pk = save(alice).pk
    for attempt in (services.move_up, services.remove_view, services.restore_view):
        with pytest.raises(NotAllowed):
            attempt(user=bob, pk=pk)
    with pytest.raises(NotAllowed):
        services.rename_view(user=bob, pk=pk, name="mine")
    with pytest.raises(NotAllowed):
        services.set_default(user=bob, pk=pk, is_default=True)
    assert names(alice) == ["Tugs"]


def test_every_change_is_in_the_trail(in_alpha: Trust, alice: "User") -> None:
    view = save(alice)
    services.rename_view(user=alice, pk=view.pk, name="Small tugs")
    services.set_default(user=alice, pk=view.pk, is_default=True)
    services.remove_view(user=alice, pk=view.pk)
    services.restore_view(user=alice, pk=view.pk)
    kinds = TrailEntry.objects.filter(subject_type="saved_view").order_by("pk").values_list("kind", flat=True)
    assert [kind.removeprefix("lists.view_") for kind in kinds] == [
        "saved",
        "renamed",
        "made_default",
        "removed",
        "restored",
    ]


def test_saving_leads_back_to_the_list_with_the_view(alpha: Trust, browse: Browse, alice: "User") -> None:
    form = {"list": NAME, "name": "Tugs", "query": "kind=tug", "back": "/boats?within=trust", "default": "yes"}
    answer = browse(alpha, alice).post("/lists/views", form)
    with trust_scope(alpha):
        view = SavedView.objects.get(user=alice)
    assert answer["Location"] == f"/boats?within=trust&view={view.pk}"
    assert view.is_default


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_way_back_never_leaves_the_house(alpha: Trust, browse: Browse, alice: "User", back: str) -> None:
    form = {"list": NAME, "name": "Tugs", "query": "", "back": back}
    assert browse(alpha, alice).post("/lists/views", form)["Location"].startswith("/?view=")


def test_a_name_that_is_missing_is_said_at_the_field_and_at_the_top_and_nothing_typed_is_lost(
    alpha: Trust, browse: Browse, alice: "User"
) -> None:
    form = {"list": NAME, "name": "x" * 61, "query": "kind=tug", "back": "/boats"}
    page = browse(alpha, alice).post("/lists/views", form).content.decode()
    assert "<title>Error: " in " ".join(page.split())
    assert page.count("The name must be 60 characters or fewer.") == 2
    assert f'value="{"x" * 61}"' in page
    assert 'value="kind=tug"' in page


def test_a_view_is_renamed_ordered_deleted_and_put_back_on_its_page(
    alpha: Trust, browse: Browse, alice: "User"
) -> None:
    with trust_scope(alpha):
        pk = save(alice).pk
        save(alice, name="Punts")
    browser, back = browse(alpha, alice), {"back": "/boats"}
    address = f"/lists/{NAME}/views?back=/boats"
    assert "Kind: Tug" in browser.get(address).content.decode()
    browser.post(f"/lists/views/{pk}/rename", {**back, "list": NAME, "name": "Old tugs"})
    deleted = browser.post(f"/lists/views/{pk}/remove", back)
    page = browser.get(deleted["Location"]).content.decode()
    assert "“Old tugs” is deleted." in page
    browser.post(f"/lists/views/{pk}/restore", back)
    assert "Old tugs" in browser.get(address).content.decode()


def test_what_is_not_ones_own_is_a_page_not_found(alpha: Trust, browse: Browse, alice: "User", bob: "User") -> None:
    with trust_scope(alpha):
        pk = save(alice).pk
    browser = browse(alpha, bob)
    for action in ("rename", "default", "up", "remove", "restore"):
        assert browser.post(f"/lists/views/{pk}/{action}", {"name": "x", "list": NAME}).status_code == 404
    assert browser.get("/lists/tests.nothing/views").status_code == 404
    assert browser.post("/lists/views", {"list": "tests.nothing", "name": "x"}).status_code == 404
    with trust_scope(alpha):
        assert names(alice) == ["Tugs"]
