"""The description of the API (OpenAPI 3.1), of the applications that are switched on for the trust."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from londonnet.platform.registry import enabled

from .mounting import api

_SCHEMAS: Final = "#/components/schemas/"
_SECURITY: Final[Mapping[str, Any]] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token made under “My account”. It acts as its user, within its scopes.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "londonnet_session",
        "description": "A signed-in browser. What changes something needs the form token in X-CSRFToken besides.",
    },
}


def described() -> dict[str, Any]:
    """The description for the current trust: its applications' operations, and the schemas that they use."""
    whole = _whole()
    on = {manifest.name for manifest in enabled()}
    paths = {path: methods for path, methods in whole["paths"].items() if path.split("/")[2] in on}
    schemas = whole["components"]["schemas"]
    used = {name: schemas[name] for name in sorted(_with_those_within(_names_in(paths), schemas))}
    return {**whole, "paths": paths, "components": {"schemas": used, "securitySchemes": dict(_SECURITY)}}


@cache
def _whole() -> dict[str, Any]:
    """The description of everything that is installed: the same for all trusts."""
    return dict(api().get_openapi_schema(path_prefix="/api/"))


def _with_those_within(names: Iterable[str], schemas: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        found |= waiting
        waiting = {name for one in waiting for name in _names_in(schemas[one])} - found
    return found


def _names_in(part: Any) -> Iterator[str]:
    """The names of all schemas that a part of the description refers to."""
    if isinstance(part, Mapping):
        reference = part.get("$ref")
        if isinstance(reference, str):
            yield reference.removeprefix(_SCHEMAS)
        for inner in part.values():
            yield from _names_in(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _names_in(inner)
