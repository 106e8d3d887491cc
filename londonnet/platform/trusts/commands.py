"""`londonnet trust …`: making and listing trusts."""

import json

import click

from londonnet.platform.embedded.commands import needs_database


@click.group("trust")
def trust_group() -> None:
    """Trusts of this installation."""


@trust_group.command("create")
@click.argument("slug")
@click.option("--name", required=True, help="Its name as people read it.")
@click.option("--default", "is_default", is_flag=True, help="Answer on the bare base domain.")
@click.option("--json", "as_json", is_flag=True)
@needs_database
def create(slug: str, name: str, is_default: bool, as_json: bool) -> None:
    """Make a trust called SLUG: a database of its own, from the template."""
    from . import provisioning

    provisioning.prepare_installation()
    trust = provisioning.create_trust(slug=slug, name=name, is_default=is_default)
    click.echo(f"Trust {trust.slug} is ready.", err=True)
    if as_json:
        click.echo(json.dumps({"slug": trust.slug, "name": trust.name, "database": trust.database}))


@trust_group.command("list")
@click.option("--json", "as_json", is_flag=True)
@needs_database
def list_trusts(as_json: bool) -> None:
    """List the trusts."""
    from . import provisioning, registry

    provisioning.prepare_installation()
    rows = [{"slug": t.slug, "name": t.name, "is_default": t.is_default} for t in registry.all_trusts()]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo(f"{row['slug']}\t{row['name']}")


COMMANDS = [trust_group]
