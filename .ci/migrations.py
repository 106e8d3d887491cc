"""Migrations are complete and safe on a running system: makemigrations, django-migration-linter, squawk.

Run with DATABASE_URL naming an empty server.
"""

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "londonnet.config.settings"
os.environ.setdefault("LONDONNET_HOME", tempfile.mkdtemp(prefix="londonnet-check-"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.apps import apps  # noqa: E402  # applications are loaded first
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.db.migrations import Migration  # noqa: E402
from django.db.migrations.loader import MigrationLoader  # noqa: E402
from django_migration_linter import MigrationLinter  # noqa: E402

from londonnet.platform.trusts import provisioning, trust_scope  # noqa: E402

# Migrations that the linter misreads, each with what it misreads.
REVIEWED = {
    "0003_cache_table": "makes a table in plain SQL: NOT NULL columns are new with it, the DROP is the way back",
    "0005_daily_figures": "the same: a partitioned table, which Django can't make by itself",
}
SQUAWK = Path(sys.executable).with_name("squawk")
# Rules of squawk that don't hold here, each with the reason.
NOT_OURS = {
    "prefer-text-field": "a length is a rule of the field, which Django checks and widens",
    "prefer-bigint-over-int": "hours, counts and points never come near two thousand million",
    "prefer-bigint-over-smallint": "the same for grades, days and percentages",
    "require-lock-timeout": "the owner's connection sets it for every migration",
    "require-statement-timeout": "what waits for a lock is bounded by that; building an index may take its time",
}
# And those that don't hold for an application's first migration: its tables are new, and nobody uses them yet.
NOT_YET_OURS = ("adding-required-field", "adding-foreign-key-constraint")


def main() -> int:
    """Zero when nothing is found."""
    provisioning.prepare_installation()
    with trust_scope(provisioning.template_trust(), as_owner=True):
        call_command("makemigrations", check=True, dry_run=True)
        return int(any([_linted(), _squawked()]))  # both are run, whatever the first finds


def _own_labels() -> list[str]:
    return [config.label for config in apps.get_app_configs() if config.name.startswith("londonnet.")]


def _linted() -> bool:
    linter = MigrationLinter(
        include_apps=_own_labels(),
        ignore_name=list(REVIEWED),
        analyser_string="postgresql",
        no_cache=True,
        quiet=["ok", "ignore"],
    )
    linter.lint_all_migrations()
    linter.print_summary()
    return bool(linter.has_errors)


def _squawked() -> bool:
    first = {key for key, migration in _own_migrations().items() if migration.initial}
    later = _own_migrations().keys() - first
    return any([_squawk(later, *NOT_OURS), _squawk(first, *NOT_OURS, *NOT_YET_OURS)])


def _squawk(migrations: Collection[tuple[str, str]], *left_out: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        files = [_written(Path(folder), app, name) for app, name in sorted(migrations)]
        command = [SQUAWK, "--pg-version", "15", "--exclude", ",".join(left_out), *files]
        return bool(files) and subprocess.run(command, check=False).returncode != 0  # noqa: S603  # our environment's own


def _own_migrations() -> dict[tuple[str, str], Migration]:
    loader = MigrationLoader(connections["default"])
    return {key: migration for key, migration in loader.disk_migrations.items() if key[0] in _own_labels()}


def _written(folder: Path, app: str, name: str) -> Path:
    sql = io.StringIO()
    call_command("sqlmigrate", app, name, stdout=sql, no_color=True)
    file = folder / f"{app}.{name}.sql"
    file.write_text(sql.getvalue())
    return file


if __name__ == "__main__":
    sys.exit(main())
