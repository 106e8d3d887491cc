"""`londonnet workload hours try` and `reductions try`: what they would do. Nothing is changed."""

from datetime import date
from decimal import Decimal
from typing import Any

import click

from londonnet.platform.documents.printing import Form, forms, print_rows
from londonnet.platform.embedded.commands import needs_database

from .common import TRUST, at_work, carrying
from .reductions import hours_taken
from .staffing import hours_group, reductions_group
from .types import DAY, HOURS

_WHO = (click.argument("om_key"), click.argument("team_code"))
_FROM = click.option("--from", "first_day", type=DAY, required=True, help="The first day.")


@hours_group.command("try")
@_WHO[0]
@_WHO[1]
@click.argument("hours", type=HOURS)
@TRUST
@_FROM
@forms
@needs_database
def try_hours(om_key: str, team_code: str, hours: Decimal, slug: str, first_day: date, form: Form) -> None:
    """Print what HOURS a week would do to the capacity of OM_KEY in TEAM_CODE on their first day."""
    from django.utils import timezone

    from londonnet.apps.workload.staffing_effects import effect_of_hours
    from londonnet.apps.workload.staffing_json import capacity_effect_json

    with at_work(slug, "workload hours try"):
        found = carrying(om_key, team_code)
        told = capacity_effect_json(effect_of_hours(found, hours, first_day, today=timezone.localdate()))
    print_rows([told], form)


@reductions_group.command("try")
@_WHO[0]
@_WHO[1]
@TRUST
@click.option("--hours", type=HOURS, help="Hours a week.")
@click.option("--percent", type=click.FloatRange(0, 100, min_open=True), help="Instead: of contracted hours.")
@_FROM
@click.option("--to", "last_day", type=DAY, help="The last day; without it, it goes on.")
@forms
@needs_database
def try_reduction(om_key: str, team_code: str, slug: str, form: Form, **given: Any) -> None:
    """Print what a reduction would do to the capacity of OM_KEY in TEAM_CODE on its first day."""
    from django.utils import timezone

    from londonnet.apps.workload.staffing_effects import effect_of_reduction
    from londonnet.apps.workload.staffing_json import capacity_effect_json

    with at_work(slug, "workload reductions try"):
        found = carrying(om_key, team_code)
        hours = hours_taken(found, given)
        effect = effect_of_reduction(found, hours, given["first_day"], today=timezone.localdate())
    print_rows([capacity_effect_json(effect)], form)
