"""What a log line tells, and what it never tells."""

import io
import json
import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response

from londonnet.config.logs import LOGGING, WithoutPaths
from londonnet.platform.errors import LondonNetError


@pytest.fixture
def said() -> tuple[logging.Logger, io.StringIO]:
    """A logger that writes as the product's do, and what it wrote."""
    settings = LOGGING["formatters"]["json"]
    formatter = settings["()"](**{name: value for name, value in settings.items() if name != "()"})
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(formatter)
    logger = logging.Logger("test")
    logger.addHandler(handler)
    return logger, text


def test_an_error_is_told_by_place_and_kind_and_never_by_its_values(said: tuple[logging.Logger, io.StringIO]) -> None:
    logger, text = said
    value = "someone" + "@example.org"
    try:
        try:
            raise KeyError(value)
        except KeyError as cause:
            raise ValueError(f"Key (email)=({value}) already exists") from cause
    except ValueError:
        logger.exception("A page failed")
    line = json.loads(text.getvalue())
    assert line["event"] == "A page failed"
    for told in ("builtins.ValueError", "builtins.KeyError", "test_logs.py"):
        assert told in line["exception"]
    assert value not in text.getvalue()


def test_our_own_errors_keep_their_words(said: tuple[logging.Logger, io.StringIO]) -> None:
    logger, text = said
    try:
        raise LondonNetError("There is no trust of that name.", "unknown-trust")
    except LondonNetError:
        logger.exception("A command failed")
    assert "There is no trust of that name." in json.loads(text.getvalue())["exception"]


def test_djangos_own_lines_lose_the_address(said: tuple[logging.Logger, io.StringIO]) -> None:
    logger, text = said
    assert LOGGING["handlers"]["standard_error"]["filters"] == ["without_paths"]
    logger.handlers[0].addFilter(WithoutPaths())
    request = RequestFactory().get("/staff/Zo\u00eb?q=Ada")
    broken = HttpResponse(status=500)
    log_response("%s: %s", "Internal Server Error", request.path, response=broken, request=request, logger=logger)
    assert json.loads(text.getvalue())["event"] == "Internal Server Error: (a page)"
