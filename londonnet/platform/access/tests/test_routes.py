from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, include, path

from londonnet.platform.access.models import User
from londonnet.platform.access.routes import check_every_route_declares, declared_routes, public, requires, signed_in
from londonnet.platform.trusts import Trust


def answer(request: HttpRequest) -> Any:
    return HttpResponse("here")


def urls(*patterns: URLPattern | URLResolver) -> Any:
    module = ModuleType("urls_for_a_test")
    module.__dict__["urlpatterns"] = list(patterns)
    return override_settings(ROOT_URLCONF=module)


def test_a_route_that_doesnt_declare_who_may_use_it_stops_the_start() -> None:
    with urls(path("open", public(answer)), path("deep/", include([path("bare", answer)]))):
        (error,) = check_every_route_declares()
    assert error.id == "access.E001"
    assert "/deep/bare" in error.msg


def test_a_route_that_asks_for_an_unknown_permission_stops_the_start() -> None:
    with urls(path("odd", requires("no.such_thing")(answer))):
        (error,) = check_every_route_declares()
    assert error.id == "access.E002"


def test_every_route_of_the_house_declares_who_may_use_it() -> None:
    assert check_every_route_declares() == []
    assert len(list(declared_routes())) > 20


def test_declarations_dont_change_the_view_that_they_stand_on() -> None:
    assert not hasattr(answer, "londonnet_access")
    public(answer)
    assert not hasattr(answer, "londonnet_access")


@pytest.mark.parametrize("declare", [signed_in, requires("access.users")])
def test_without_a_session_a_declared_view_isnt_reached(
    alpha: Trust, browse: Callable[..., Client], declare: Any
) -> None:
    with urls(path("guarded", declare(answer)), path("sign-in", public(answer), name="account_login")):
        assert browse(alpha).get("/guarded")["Location"] == "/sign-in?next=%2Fguarded"
        fragment = browse(alpha).get("/guarded", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment["HX-Redirect"]) == (401, "/sign-in")


def test_every_page_has_an_id_of_its_own(alpha: Trust, browse: Callable[..., Client]) -> None:
    first, second = browse(alpha).get("/sign-in"), browse(alpha).get("/sign-in")
    assert len(first["X-Request-ID"]) == 36
    assert first["X-Request-ID"] != second["X-Request-ID"]


def test_the_log_of_a_request_carries_the_trust_and_no_name(
    alpha: Trust, browse: Callable[..., Client], bob: User
) -> None:
    import structlog

    seen = []

    def look(request: HttpRequest) -> Any:
        seen.append(structlog.contextvars.get_contextvars())
        return HttpResponse("here")

    with urls(path("look", signed_in(look))):
        page = browse(alpha, bob).get("/look")
    assert seen == [{"trust": "alpha", "request_id": page["X-Request-ID"]}]
    assert structlog.contextvars.get_contextvars() == {}
