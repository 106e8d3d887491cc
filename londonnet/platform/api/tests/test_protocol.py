"""What all operations have in common, tried on a router of the tests' own."""

from collections.abc import Callable, Iterator
from datetime import date
from types import ModuleType
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.client import ClientHandler
from django.urls import include, path
from ninja import Query, Router, Schema, Status
from pydantic import Field

from londonnet.platform.access import public
from londonnet.platform.access.models import User
from londonnet.platform.access.routes import check_every_route_declares
from londonnet.platform.api import checks, mounting
from londonnet.platform.api.routing import ApiRouter
from londonnet.platform.api.views import openapi
from londonnet.platform.audit import current_actor
from londonnet.platform.registry import Hooks
from londonnet.platform.registry.applications import REGISTRY
from londonnet.platform.trusts import Trust

from .calling import program, token_for

NOTES = "/api/workload/notes"
Browse = Callable[..., Client]


class Note(Schema):
    """A note."""

    text: str = Field(max_length=10)
    day: date
    hours: float = Field(ge=0)


class NotesAsked(Schema):
    """Which notes."""

    limit: int = Field(10, le=1000)


class Said(Schema):
    """What was understood, and as whose it is recorded."""

    text: str
    by: str


def notes_router() -> ApiRouter:
    router = ApiRouter()

    @router.read("/notes", permission="workload.view", answer=list[Said])
    def notes(request: HttpRequest, asked: Query[NotesAsked]) -> list[dict[str, str]]:
        """Notes.

        All of them.
        """
        return [{"text": "first", "by": current_actor().name}]

    @router.write("POST", "/notes", permission="workload.hours", answer=Said, status=201)
    def add_note(request: HttpRequest, note: Note) -> Status[dict[str, str]]:
        """Add a note.

        It is kept.
        """
        return Status(201, {"text": note.text, "by": current_actor().name})

    return router


@pytest.fixture
def mounted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Put routers in place of the Workload Management Tool's own."""
    settings: list[Any] = []
    hooks = next(manifest.hooks for manifest in REGISTRY.all() if manifest.name == "workload")

    def mount(*routers: Router) -> None:
        monkeypatch.setattr(type(hooks), "api_routes", lambda self: routers)
        mounting.api.cache_clear()
        module = ModuleType("urls_for_a_test")
        module.__dict__["urlpatterns"] = [
            path("api/", include(list(mounting.patterns()))),
            path("api/openapi.json", openapi),
            path("sign-in", public(lambda request: HttpResponse()), name="account_login"),
        ]
        module.__dict__["handler404"] = "londonnet.platform.ui.errors.page_not_found"
        settings.append(override_settings(ROOT_URLCONF=module))
        settings[-1].enable()

    yield mount
    for one in reversed(settings):
        one.disable()
    monkeypatch.undo()
    mounting.api.cache_clear()


@pytest.fixture
def notes(mounted: Callable[..., None]) -> None:
    """The notes are mounted."""
    mounted(notes_router())


@pytest.mark.usefixtures("notes")
def test_the_trail_names_the_user_and_their_token(alpha: Trust, bob: User) -> None:
    secret = token_for(alpha, bob, name="Weekly report")
    assert program(alpha, secret).get(NOTES).json()[0]["by"] == "Bob, by the token “Weekly report”"


@pytest.mark.usefixtures("notes")
def test_a_signed_in_browser_reads_and_writes_only_with_a_form_token(alpha: Trust, bob: User, browse: Browse) -> None:
    browser = browse(alpha, bob)
    browser.handler = ClientHandler(enforce_csrf_checks=True)
    assert browser.get(NOTES).status_code == 200
    given = {"text": "one", "day": "2026-11-20", "hours": 1.5}
    refused = browser.post(NOTES, given, content_type="application/json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "form-expired")
    key = "k" * 32
    browser.cookies["csrftoken"] = key
    taken = browser.post(NOTES, given, content_type="application/json", headers={"x-csrftoken": key})
    assert (taken.status_code, taken.json()) == (201, {"text": "one", "by": "Bob"})


@pytest.mark.usefixtures("notes")
def test_a_token_writes_without_a_form_token_where_it_was_made_for_writing(alpha: Trust, bob: User) -> None:
    given = {"text": "one", "day": "2026-11-20", "hours": 0}
    for scopes, status in ((["workload:write"], 201), (["workload:read"], 403)):
        caller = program(alpha, token_for(alpha, bob, scopes))
        assert caller.post(NOTES, given, content_type="application/json").status_code == status


@pytest.mark.usefixtures("notes")
def test_nobody_is_told_that_they_are_nobody(alpha: Trust) -> None:
    for method in ("get", "post"):
        answer = getattr(program(alpha), method)(NOTES)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not-signed-in")
        assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.usefixtures("notes")
@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, {"text": "This is missing.", "day": "This is missing.", "hours": "This is missing."}),
        (
            {"text": "longer than ten", "day": "20/11/2026", "hours": -1},
            {
                "text": "This may have 10 characters at most.",
                "day": "This must be a date such as 2026-11-28.",
                "hours": "This must be 0 or more.",
            },
        ),
        ({"text": 1, "day": [], "hours": "many"}, {"text": "This must be text.", "hours": "This must be a number."}),
    ],
)
def test_what_is_wrong_is_said_field_by_field(
    alpha: Trust, bob: User, given: dict[str, Any], wrong: dict[str, str]
) -> None:
    caller = program(alpha, token_for(alpha, bob, ["workload:write"]))
    answer = caller.post(NOTES, given, content_type="application/json")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "invalid")
    assert set(error) == {"code", "message", "reference", "details"}
    assert wrong.items() <= {one["field"]: one["message"] for one in error["details"]}.items()


@pytest.mark.usefixtures("notes")
def test_a_body_that_isnt_json_and_a_parameter_that_isnt_there_are_said(alpha: Trust, bob: User) -> None:
    caller = program(alpha, token_for(alpha, bob, ["workload:write", "workload:read"]))
    broken = caller.post(NOTES, "{", content_type="application/json")
    assert (broken.status_code, broken.json()["error"]["details"][0]["message"]) == (422, "The body isn't JSON.")
    for query, field in (("?limits=5", "limits"), ("?limit=many", "limit"), ("?limit=1001", "limit")):
        answer = caller.get(NOTES + query)
        assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (422, field)


@pytest.mark.usefixtures("notes")
def test_other_errors_have_the_same_shape(alpha: Trust, bob: User, auditor: User) -> None:
    caller = program(alpha, token_for(alpha, bob))
    hidden = program(alpha, token_for(alpha, auditor)).get(NOTES)
    missing = caller.get("/api/workload/nothing")
    unknown_method = caller.delete(NOTES)
    assert (hidden.status_code, missing.status_code, unknown_method.status_code) == (404, 404, 405)
    assert "GET" in unknown_method["Allow"]
    for answer in (hidden, missing, unknown_method):
        assert set(answer.json()["error"]) == {"code", "message", "reference", "details"}
    alike = ({**answer.json()["error"], "reference": ""} for answer in (hidden, missing))
    assert next(alike) == next(alike)


@pytest.mark.usefixtures("notes")
def test_who_has_the_same_answer_already_isnt_sent_it_again(alpha: Trust, bob: User) -> None:
    caller = program(alpha, token_for(alpha, bob))
    first = caller.get(NOTES)
    assert first["API-Version"] == "1"
    assert first["Cache-Control"] == "private, no-cache"
    again = caller.get(NOTES, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_operation_that_declares_nothing_stops_the_start(mounted: Callable[..., None]) -> None:
    bare = ApiRouter()
    bare.get("/bare")(lambda request: {})
    mounted(bare)
    (error,) = check_every_route_declares()
    assert (error.id, "/api/workload/bare" in error.msg) == ("access.E001", True)


def test_an_operation_with_another_applications_permission_stops_the_start(mounted: Callable[..., None]) -> None:
    other = ApiRouter()
    other.read("/cases", permission="caseload.list", answer=list[Said])(lambda request: [])
    mounted(other)
    (error,) = checks.check_every_operation()
    assert error.id == "api.E001"


def test_two_routers_with_one_path_stop_the_start(mounted: Callable[..., None]) -> None:
    mounted(notes_router(), notes_router())
    assert [error.id for error in checks.check_every_operation()] == ["api.E002"]


def test_an_application_has_no_operations_unless_it_says_so() -> None:
    assert list(Hooks().api_routes()) == []
