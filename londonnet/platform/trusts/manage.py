"""`londonnet manage`: Django's own commands, inside a trust."""

import click

from londonnet.platform.embedded.commands import needs_database


@click.command("manage", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.option("--trust", "slug", required=True, help="The trust to work in, or `template`.")
@click.option("--as-owner", is_flag=True, help="Work as the owner of the tables.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@needs_database
def manage(slug: str, as_owner: bool, arguments: tuple[str, ...]) -> None:
    """Run one of Django's management commands (ARGUMENTS) in a trust."""
    from django.core.management import execute_from_command_line

    from . import provisioning, trust_scope

    is_template = slug == "template"
    trust = provisioning.template_trust() if is_template else slug
    with trust_scope(trust, as_owner=as_owner or is_template):
        execute_from_command_line(["londonnet manage", *arguments])


@click.command("migrate")
@needs_database
def migrate() -> None:
    """Bring the control database, the template and every trust up to date, one after the other."""
    from . import provisioning

    provisioning.prepare_installation()
    click.echo("Every database is up to date.", err=True)


COMMANDS = [manage, migrate]
