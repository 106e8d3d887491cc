"""The `londonnet` command. Standard output carries results, standard error carries messages.

Exit codes: 0 done, 1 failed, 2 a file was refused, 64 wrong use.
"""

import os
import sys
from importlib import import_module

import click
import psycopg
from django.db import DatabaseError

from londonnet.platform.errors import LondonNetError

FILE_REFUSED = 2
WRONG_USE = 64
_ADVICE = "Check that it is running and can be reached, then run the command again; nothing half-done was kept."
# Modules with a COMMANDS list that need no application loaded; the applications' own come by hook.
PLATFORM_COMMANDS = (
    "londonnet.platform.embedded.commands",
    "londonnet.platform.trusts.commands",
    "londonnet.platform.trusts.manage",
    "londonnet.platform.access.commands",
    "londonnet.platform.api.commands",
    "londonnet.platform.jobs.commands",
    "londonnet.demo.commands",
)


@click.group()
@click.version_option(package_name="londonnet")
def root() -> None:
    """LondonNet: a secure working environment for a probation service."""


def _assemble() -> None:
    from londonnet.platform.registry import applications

    for module in PLATFORM_COMMANDS:
        for command in import_module(module).COMMANDS:
            root.add_command(command)
    for manifest in applications():
        for command in manifest.hooks.commands():
            root.add_command(command)


def main() -> None:
    """Run the command line and leave with one of the four exit codes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "londonnet.config.settings")
    import django

    django.setup()
    _assemble()
    sys.exit(_run())


def _run() -> int:
    try:
        code = root.main(standalone_mode=False)
    except click.UsageError as error:
        error.show()
        return WRONG_USE
    except click.Abort:
        return 1
    except click.ClickException as error:
        error.show()
        return 1
    except (DatabaseError, psycopg.Error) as error:
        click.echo(f"The database didn't do as it was asked ({type(error).__name__}). {_ADVICE}", err=True)
        return 1
    except LondonNetError as error:
        click.echo(error.message, err=True)
        return FILE_REFUSED if error.code == "file-refused" else 1
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    main()
