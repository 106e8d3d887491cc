"""The frame of a page: trust, person, menu, banners."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory

from londonnet.platform.registry import MenuItem
from londonnet.platform.trusts import Trust
from londonnet.platform.ui import context
from londonnet.platform.ui.templates import render_fragment

Browse = Callable[..., Client]
ITEMS = [MenuItem("Workload", "/workload", 20), MenuItem("Home", "/", 10), MenuItem("Weights", "/workload/weights", 30)]


@pytest.mark.parametrize(
    ("shown", "current"),
    [
        ("/", "Home"),
        ("/workload", "Workload"),
        ("/workload/team/N07T01", "Workload"),
        ("/workload/weights/2", "Weights"),
        ("/workloads", None),
    ],
)
def test_the_menu_marks_the_part_that_is_open(shown: str, current: str | None) -> None:
    menu = context._menu(ITEMS, shown)
    assert [entry.label for entry in menu] == ["Home", "Workload", "Weights"]
    assert next((entry.label for entry in menu if entry.current), None) == current


def test_outside_a_trust_the_frame_names_none_and_asks_nobody() -> None:
    shell = context.shell(RequestFactory().get("/"))["shell"]
    assert (shell.trust_name, shell.user, shell.menu) == ("", None, ())


def test_a_page_that_failed_is_framed_without_the_person(in_alpha: Trust) -> None:
    request = RequestFactory().get("/")
    request.user = object()  # type: ignore[assignment]  # would fail if it were asked anything
    shell = context.shell(context.bare(request))["shell"]
    assert shell.trust_name == in_alpha.name
    assert shell.user is None


def test_the_home_page_greets_with_the_frame_and_its_policy(alpha: Trust, browse: Browse, administrator: Any) -> None:
    answer = browse(alpha, administrator).get("/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert alpha.name in page
    assert 'name="q" type="search"' in page
    assert '<form method="post" action="/sign-out" data-sign-out>' in page
    nonce = answer["Content-Security-Policy"].partition("'nonce-")[2].partition("'")[0]
    assert page.count("<script nonce=") == page.count(f'<script nonce="{nonce}"') == 1
    assert " style=" not in page
    assert " onclick=" not in page


def test_somebody_who_is_not_signed_in_sees_no_navigation(alpha: Trust, browse: Browse) -> None:
    page = browse(alpha).get("/accessibility").content.decode()
    assert alpha.name in page
    assert "moj-primary-navigation" not in page
    assert 'type="search"' not in page


@pytest.mark.parametrize("address", ["/help", "/accessibility"])
def test_help_is_there_for_everybody(alpha: Trust, browse: Browse, administrator: Any, address: str) -> None:
    for user in (None, administrator):
        assert browse(alpha, user).get(address).status_code == 200


def test_a_page_that_is_not_there_is_framed_for_the_person(alpha: Trust, browse: Browse, administrator: Any) -> None:
    answer = browse(alpha, administrator).get("/nothing-here")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()
    assert administrator.name in answer.content.decode()


def test_a_fragment_is_the_block_of_the_page_alone(alpha: Trust, browse: Browse) -> None:
    request = RequestFactory().get("/help")
    request.csp_nonce = "n"  # type: ignore[attr-defined]
    fragment = render_fragment(request, "ui/help.html", "content").content.decode()
    assert "ln-bar--over" in fragment
    assert "<html" not in fragment
    with pytest.raises(KeyError):
        render_fragment(request, "ui/help.html", "no-such-block")
