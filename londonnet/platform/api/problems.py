"""The one shape of every error, and what is wrong with a field in plain words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from ninja import Schema
from pydantic import Field


class Detail(Schema):
    """What is wrong with one field."""

    field: str = Field(description="the field, or the path to it; empty where it is the whole")
    message: str = Field(description="what is wrong with it, in words")
    now: str | None = Field(None, description="where somebody else was first (409): what stands there now, if told")


class ProblemBody(Schema):
    """What went wrong."""

    code: str = Field(description="a short name of the kind of error, that stays")
    message: str = Field(description="what is wrong and what to do next, in words")
    reference: str = Field(description="stands in the log too: quote it when you ask for help")
    details: list[Detail] = Field(description="field by field, where something that was sent is wrong")


class Problem(Schema):
    """The answer to every call that failed."""

    error: ProblemBody


def _plain(bound: Any) -> Any:
    """A bound as people write it: 0 and not 0.0."""
    return int(bound) if isinstance(bound, float) and bound.is_integer() else bound


_WORDS: Final[Mapping[str, str]] = {
    "missing": "This is missing.",
    "int_parsing": "This must be a whole number.",
    "int_type": "This must be a whole number.",
    "int_from_float": "This must be a whole number.",
    "float_parsing": "This must be a number.",
    "decimal_parsing": "This must be a number.",
    "decimal_type": "This must be a number.",
    "bool_parsing": "This must be true or false.",
    "bool_type": "This must be true or false.",
    "string_type": "This must be text.",
    "list_type": "This must be a list.",
    "dict_type": "This must be an object with named fields.",
    "model_attributes_type": "This must be an object with named fields.",
    "model_type": "This must be an object with named fields.",
    "json_invalid": "This isn't JSON.",
    "extra_forbidden": "There is no such field. The description under /api/docs lists those there are.",
    "date_parsing": "This must be a date such as 2026-11-28.",
    "date_type": "This must be a date such as 2026-11-28.",
    "date_from_datetime_parsing": "This must be a date such as 2026-11-28.",
    "date_from_datetime_inexact": "This must be a date such as 2026-11-28.",
    "datetime_parsing": "This must be a moment such as 2026-11-28T09:05:00Z.",
    "datetime_from_date_parsing": "This must be a moment such as 2026-11-28T09:05:00Z.",
    "datetime_type": "This must be a moment such as 2026-11-28T09:05:00Z.",
}
_WITH_BOUNDS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "greater_than": lambda bounds: f"This must be more than {_plain(bounds['gt'])}.",
    "greater_than_equal": lambda bounds: f"This must be {_plain(bounds['ge'])} or more.",
    "less_than": lambda bounds: f"This must be less than {_plain(bounds['lt'])}.",
    "less_than_equal": lambda bounds: f"This must be {_plain(bounds['le'])} or less.",
    "literal_error": lambda bounds: f"This must be {bounds['expected']}.",
    "enum": lambda bounds: f"This must be {bounds['expected']}.",
    "decimal_max_places": lambda bounds: f"This may have {bounds['decimal_places']} decimals at most.",
    "string_too_long": lambda bounds: f"This may have {bounds['max_length']} characters at most.",
    "string_too_short": lambda bounds: f"This must have {bounds['min_length']} characters or more.",
    "too_long": lambda bounds: f"This may have {bounds['max_length']} entries at most.",
    "too_short": lambda bounds: f"This must have {bounds['min_length']} entries or more.",
    "string_pattern_mismatch": lambda bounds: "This isn't written as it should be.",
    "value_error": lambda bounds: str(bounds["error"]),
}


def in_words(errors: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Each of pydantic's errors as a field and what is wrong with it; never what was sent."""
    return [(_field(error["loc"]), _message(error)) for error in errors]


def _field(where: tuple[Any, ...]) -> str:
    """The path to a field. The first part says where it came from; of a body the second is our own name for it."""
    path = where[2:] if where[0] == "body" else where[1:]
    return ".".join(str(part) for part in path)


def _message(error: Mapping[str, Any]) -> str:
    kind = error["type"]
    if kind in _WITH_BOUNDS:
        return _WITH_BOUNDS[kind](error.get("ctx", {}))
    return _WORDS.get(kind, "This isn't as it should be.")
