"""What of the documentation a machine can hold true: settings, dependencies, and that every link leads somewhere."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

from londonnet.config.environment import PROJECT, Environment

SETTINGS_PAGE = (PROJECT / "docs/administrators/settings.md").read_text()
PAGES = [
    PROJECT / "README.md",
    *sorted((PROJECT / "docs").rglob("*.md")),
    *sorted((PROJECT / "londonnet").rglob("*.md")),
]
ROW = re.compile(r"^\| `(?P<name>[A-Z_]+)` \| (?P<default>[^|]+) \|", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)(?P<target>[^)#\s]+)[^)]*\)")


def variable(name: str, field: FieldInfo) -> str:
    """The environment variable of a setting."""
    return str(field.validation_alias) if field.validation_alias else f"LONDONNET_{name.upper()}"


def test_the_settings_page_names_every_setting_and_no_other() -> None:
    told = {row["name"] for row in ROW.finditer(SETTINGS_PAGE)}
    assert told == {variable(name, field) for name, field in Environment.model_fields.items()}


def test_the_settings_page_tells_each_plain_default() -> None:
    told = {row["name"]: row["default"] for row in ROW.finditer(SETTINGS_PAGE)}
    for name, field in Environment.model_fields.items():
        if isinstance(field.default, str | int | float):
            plain = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
            assert told[variable(name, field)] == f"`{plain}`"


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    told = (PROJECT / "docs/dependencies.md").read_text().lower()
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.match(r"[a-z0-9-]+", entry) for entry in wanted]
    assert [name[0] for name in names if name and name[0].removesuffix("-cli") not in told] == []


def links() -> Iterator[tuple[Path, str]]:
    """Every link inside the project, with the page that it stands on."""
    for page in PAGES:
        for found in LINK.finditer(page.read_text()):
            yield page, found["target"]


@pytest.mark.parametrize(
    ("page", "target"), [pytest.param(page, target, id=f"{page.name}:{target}") for page, target in links()]
)
def test_a_link_leads_to_a_file_that_is_there(page: Path, target: str) -> None:
    assert (page.parent / target).exists()
