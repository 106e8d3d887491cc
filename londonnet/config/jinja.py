"""The Jinja environment of all pages."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined

from londonnet.platform.ui import formatting

FILTERS = ("date", "short_date", "time", "datetime", "machine_time", "whole", "one_decimal", "thousands")


def environment(**options: Any) -> Environment:
    """The environment: our own `jinja2/` folders and the GOV.UK macros; an unknown name in a template is an error.

    Args:
        options: what Django's backend passes on, its loader among them.
    """
    options["undefined"] = StrictUndefined
    options["loader"] = ChoiceLoader(
        [
            options["loader"],
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    made = Environment(**options)  # noqa: S701  # Django's backend passes autoescape=True
    made.globals.update(static=static, url=reverse)
    made.filters.update({name: getattr(formatting, name) for name in FILTERS if hasattr(formatting, name)})
    made.trim_blocks = made.lstrip_blocks = True
    return made
