"""`londonnet cases`: the cases behind a number, from the command line."""

from typing import Any

import click

from londonnet.platform.documents.printing import Form, forms, print_rows
from londonnet.platform.embedded.commands import needs_database
from londonnet.platform.errors import LondonNetError

_FLAGS = ("warrant", "overdue", "priority", "unpaid-work", "suspended", "standalone-order", "suspended-lifer")


@click.command("cases")
@click.option("--trust", "slug", required=True, help="The trust.")
@click.option("--within", default="trust", help="trust, region:CODE, pdu:CODE, team:CODE or practitioner:KEY.")
@click.option("--tier", default="", help="Only this tier, such as b2 or untiered, or a, b, c, d or s for all of those.")
@click.option("--location", type=click.Choice(["community", "custody", "licence"]), help="Only there.")
@click.option("--flag", type=click.Choice(_FLAGS), help="Only those flagged so.")
@click.option("--t2a/--no-t2a", default=None, help="Only those in transition to adulthood, or only others.")
@click.option("--active/--inactive", default=None, help="Only those neither on warrant nor overdue, or only others.")
@click.option("--omic/--no-omic", default=None, help="Only those of offender management in custody, or only others.")
@forms
@needs_database
def list_cases(slug: str, within: str, form: Form, **given: Any) -> None:
    """Print the cases of the extract in force, by CRN, and who holds each."""
    from londonnet.apps.caseload.asked import part_called, subject_within
    from londonnet.apps.caseload.case_json import case_json
    from londonnet.apps.caseload.selectors import current_snapshot, part_of_cases
    from londonnet.platform.access.policy import EVERYTHING
    from londonnet.platform.audit import Actor, acting_as
    from londonnet.platform.errors import NotAllowed
    from londonnet.platform.trusts import trust_scope

    try:
        level, code = part_called(within)
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from None
    narrowed = _narrowed(given)
    with trust_scope(slug), acting_as(Actor("command", "londonnet cases")):
        try:
            subject = subject_within(EVERYTHING, level, code)
        except NotAllowed:
            raise LondonNetError(f"There is no {level} with the code {code!r}.", "unknown-code") from None
        extract = current_snapshot()
        rows = part_of_cases(subject.places, extract, narrowed=narrowed, size=None)[0] if extract else ()
    print_rows([case_json(row) for row in rows], form)


def _narrowed(given: dict[str, Any]) -> Any:
    from londonnet.apps.caseload.columns import LOCATION_NAMES
    from londonnet.apps.caseload.flags import FLAG_OF_NAME
    from londonnet.apps.caseload.selectors import CaseFilter
    from londonnet.apps.caseload.tiers import tier_numbers

    tiers = tier_numbers(given["tier"])
    if given["tier"] and not tiers:
        raise click.UsageError(f"There is no tier {given['tier']!r}.")
    return CaseFilter(
        tiers=tiers,
        location=LOCATION_NAMES.get(given["location"] or ""),
        flag=FLAG_OF_NAME.get(given["flag"] or ""),
        is_t2a=given["t2a"],
        is_active=given["active"],
        is_omic=given["omic"],
    )


COMMANDS = [list_cases]
