"""Exports and views of the list of cases."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from londonnet.apps.organisation.tests.rosters import many
from londonnet.platform.access.models import User
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.lists import services
from londonnet.platform.lists.models import SavedView
from londonnet.platform.trusts import Trust, trust_scope

from .cases import give_cases

Browse = Callable[..., Client]
TEAM = "/cases?team=N07T000X"


@pytest.fixture
def loaded(alpha: Trust) -> Trust:
    """Alpha with 120 cases in one team."""
    with trust_scope(alpha):
        give_cases(many(3), cases=120)
    return alpha


@pytest.fixture
def manager(alpha: Trust, make_user: Callable[..., User]) -> User:
    """The manager of that team."""
    return make_user(alpha, "manager@example.org", ("team_manager", "team", "N07T000X"))


def exported(browser: Client, url: str) -> list[list[str]]:
    answer: Any = browser.get(url)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_an_export_holds_every_case_of_all_pages_in_the_order_asked_for(
    loaded: Trust, browse: Browse, manager: User
) -> None:
    rows = exported(browse(loaded, manager), f"{TEAM}&sort=-crn&columns=tier,team-code&page=2&format=csv")
    assert rows[0] == ["CRN", "Tier", "Team code"]
    crns = [row[0] for row in rows[1:]]
    assert len(crns) == 120
    assert crns == sorted(crns, reverse=True)


def test_an_export_of_cases_is_in_the_trail_and_is_no_look_at_the_page(
    loaded: Trust, browse: Browse, manager: User
) -> None:
    exported(browse(loaded, manager), f"{TEAM}&location=custody&format=csv")
    with trust_scope(loaded):
        entry = TrailEntry.objects.get(subject_id="caseload.cases")
        assert not TrailEntry.objects.filter(kind="audit.consulted").exists()
    assert (entry.kind, entry.actor_id) == ("documents.exported", manager.pk)
    assert entry.after is not None
    assert (entry.after["of"], entry.after["filters"]) == ("team:N07T000X", ["Location: Custody"])


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_cases_out_of_reach_are_not_exported(loaded: Trust, browse: Browse, charlie: User, form: str) -> None:
    assert browse(loaded, charlie).get(f"{TEAM}&format={form}").status_code == 404


def test_a_view_never_keeps_a_crn(loaded: Trust, manager: User) -> None:
    with trust_scope(loaded):
        services.save_view(user=manager, list_name="caseload.cases", name="One", query="crn=X000001&tier=B2")
        assert SavedView.objects.get().query == "tier=B2"
