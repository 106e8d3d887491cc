"""Logs: one JSON line an event on standard error, with no personal data."""

import logging
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog

from londonnet.platform.errors import LondonNetError

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def without_values(logger: Any, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Say where and what kind of error it was, never its message: a database's error quotes the row it met.

    Only our own errors keep their message: it is written for people and holds no personal data.
    """
    info = event.pop("exc_info", None)
    if info:
        event["exception"] = "".join(_lines(_info(info)))
    return event


def _info(info: Any) -> ExceptionInfo | None:
    if isinstance(info, BaseException):
        return type(info), info, info.__traceback__
    if isinstance(info, tuple):
        return info if info[0] else None
    current = sys.exc_info()
    return current if current[0] else None


def _lines(info: ExceptionInfo | None) -> list[str]:
    lines: list[str] = []
    error = info[1] if info else None
    while error is not None:
        frames = traceback.format_tb(error.__traceback__)
        lines = [*frames, _named(error), *lines]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines


def _named(error: BaseException) -> str:
    said = f": {error.message}" if isinstance(error, LondonNetError) else ""
    return f"{type(error).__module__}.{type(error).__qualname__}{said}\n"


class WithoutPaths(logging.Filter):
    """Takes the address of a request out of Django's own lines: it may hold a link's key, or whom somebody looks at."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Put "(a page)" in its place; the line stays."""
        path = getattr(getattr(record, "request", None), "path", None)
        if path is not None and isinstance(record.args, tuple):
            written = (path, path.encode("unicode_escape").decode("ascii"))  # Django writes it in the second way
            record.args = tuple("(a page)" if value in written else value for value in record.args)
        return True


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

structlog.configure(
    processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                without_values,
                structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": _SHARED,
        }
    },
    "filters": {"without_paths": {"()": WithoutPaths}},
    "handlers": {
        "standard_error": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["without_paths"]}
    },
    "root": {"handlers": ["standard_error"], "level": "WARNING"},
    "loggers": {
        "londonnet": {"level": "INFO"},
        # Django's own request log prints paths, and a mistyped one may hold anything; errors are ours to log.
        "django.request": {"level": "ERROR"},
    },
}
