"""An operation that would stay open, or that nobody could reach, stops the start."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register


@register("urls")
def check_every_operation(**kwargs: Any) -> list[CheckMessage]:
    """Django's system check of the API; that an operation declares anything at all is asked of all routes alike."""
    return [*_of_another_application(), *_out_of_reach()]


def _of_another_application() -> Iterator[CheckMessage]:
    """A token's scope names an application, and a permission ends where its application is switched off."""
    from .mounting import bound_operations, declaration_of

    for path, operation in bound_operations():
        declaration, own = declaration_of(operation), path.strip("/").partition("/")[0]
        if declaration is not None and declaration.application != own:
            yield Error(f"/api{path} asks for {declaration.permission!r}, which isn't {own!r}'s own.", id="api.E001")


def _out_of_reach() -> Iterator[CheckMessage]:
    """Of two routers with the same path only the first is ever asked."""
    from .mounting import paths

    for path in (path for path, routers in Counter(paths()).items() if routers > 1):
        yield Error(f"Two routers have the path /api{path}: put its operations into one.", id="api.E002")
