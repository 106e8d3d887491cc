"""Errors as people and programs see them."""

import html
import json
import logging
import re
from collections.abc import Callable

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory
from django.urls import resolve

from londonnet.platform.access.models import User
from londonnet.platform.errors import LondonNetError, NotAllowed
from londonnet.platform.trusts import Trust
from londonnet.platform.ui import errors
from londonnet.platform.ui.error_words import WORDS


def _request(path: str = "/workload", **headers: str) -> HttpRequest:
    request = RequestFactory().get(path, headers=headers)
    request.csp_nonce = "n"  # type: ignore[attr-defined]
    return request


def _answer_to(exception: Exception, **headers: str) -> HttpResponse:
    answer = errors.ErrorMiddleware(lambda request: HttpResponse()).process_exception(_request(**headers), exception)
    assert answer is not None
    return answer


def test_an_error_says_what_is_wrong_and_the_log_has_its_reference(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "londonnet.errors"):
        answer = _answer_to(LondonNetError("A newer extract is loaded. Send this one.", "older-file"))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "A newer extract is loaded. Send this one." in page
    reference = re.search(r"[0-9A-F]{4}-[0-9A-F]{4}", page)
    assert reference is not None
    assert reference[0] in caplog.text


def test_a_program_gets_json() -> None:
    answer = _answer_to(LondonNetError("Not today.", "not-today"), accept="application/json")
    problem = json.loads(answer.content)["error"]
    assert (problem["code"], problem["message"]) == ("not-today", "Not today.")
    assert problem["reference"]


@pytest.mark.parametrize("header", ["hx-request", "x-londonnet-refresh"])
def test_a_fragment_gets_an_alert_and_no_page(header: str) -> None:
    answer = _answer_to(LondonNetError("Not today.", "not-today"), **{header: "1"})
    assert b"moj-alert--error" in answer.content
    assert b"<html" not in answer.content


def test_what_one_may_not_know_of_looks_like_what_is_not_there() -> None:
    hidden = _answer_to(NotAllowed("Team N07T02 is not yours"))
    missing = errors.page_not_found(_request(), Exception())
    without_reference = [re.sub(r"[0-9A-F]{4}-[0-9A-F]{4}", "", a.content.decode()) for a in (hidden, missing)]
    assert hidden.status_code == missing.status_code == 404
    assert without_reference[0] == without_reference[1]


def test_a_lost_database_is_said_without_asking_it() -> None:
    answer = _answer_to(OperationalError("connection refused to 10.0.0.1"))
    assert answer.status_code == 503
    assert WORDS["503"].title in html.unescape(answer.content.decode())
    assert b"10.0.0.1" not in answer.content


def test_an_error_of_ours_keeps_its_words_to_the_log() -> None:
    class Broken(LondonNetError):
        status_code = 500

    answer = _answer_to(Broken("table figures_7 is gone", "broken"))
    assert answer.status_code == 500
    assert b"figures_7" not in answer.content


def test_other_exceptions_are_left_to_django() -> None:
    middleware = errors.ErrorMiddleware(lambda request: HttpResponse())
    assert middleware.process_exception(_request(), ZeroDivisionError()) is None


@pytest.mark.parametrize(("exception", "status"), [(RequestDataTooBig(), 413), (SuspiciousOperation("x"), 400)])
def test_what_cannot_be_read_and_what_is_too_big_are_told_apart(exception: Exception, status: int) -> None:
    assert errors.bad_request(_request(), exception).status_code == status


def test_the_wrong_way_to_reach_a_page_has_a_page_and_names_the_right_one() -> None:
    answer = errors.ErrorMiddleware(lambda request: HttpResponseNotAllowed(["POST"]))(_request())
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert WORDS["405"].title in html.unescape(answer.content.decode())


def test_a_form_refused_for_its_token_leads_back_and_keeps_what_was_typed() -> None:
    page = errors.csrf_failure(_request("/hours/7"), "token").content.decode()
    assert 'href="/hours/7"' in page
    assert '<meta name="londonnet-forms" content="hold">' in page


@pytest.mark.parametrize("address", ["/staff/%00", "/staff?q=a%00b", "/search?q=%00ab", "/users?q=%00"])
def test_a_character_that_no_text_can_hold_is_not_our_failure(
    address: str, alpha: Trust, head: User, browse: Callable[..., Client]
) -> None:
    assert browse(alpha, head).get(address).status_code < 500


def test_nor_is_it_in_a_form(alpha: Trust, head: User, browse: Callable[..., Client]) -> None:
    sent = {"list": "caseload.cases", "name": "Mine\0", "query": ""}
    assert browse(alpha, head).post("/lists/views", sent).status_code == 400


def test_every_error_page_says_what_to_do_next() -> None:
    for kind, words in WORDS.items():
        assert words.steps, kind


def test_the_log_holds_no_query_string(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "londonnet.errors"):
        errors.page_not_found(_request("/search?q=Ada+Obi"), Exception())
    assert "Ada" not in caplog.text


def test_the_log_holds_the_route_and_not_the_address(caplog: pytest.LogCaptureFixture) -> None:
    for address, route in (("/password/reset/key/1-secret", "password/reset/key"), ("/staff/N07A001", "/staff/<")):
        request = _request(address)
        request.resolver_match = resolve(address)
        with caplog.at_level(logging.INFO, "londonnet.errors"):
            errors.page_not_found(request, Exception())
        assert route in caplog.text
    assert "secret" not in caplog.text
    assert "N07A001" not in caplog.text


def test_when_something_broke_the_page_names_nobody() -> None:
    request = _request()
    request.user = None  # type: ignore[assignment]  # asking it would be asking the database
    answer = errors.server_error(request)
    assert answer.status_code == 500
    assert WORDS["500"].title in html.unescape(answer.content.decode())
