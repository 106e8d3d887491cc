"""The Jinja environment of all pages."""

from typing import Any

from jinja2 import Environment

from londonnet.platform.ui.templates import furnish


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja2 backend renders with.

    Args:
        options: what Django's backend passes on: its loader, and autoescape=True.
    """
    return furnish(Environment(**options, trim_blocks=True, lstrip_blocks=True))  # noqa: S701
