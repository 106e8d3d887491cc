"""More contracted hours than anybody's usual week: whoever sets them by hand is asked once."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from londonnet.apps.workload.models import ContractedHours
from londonnet.platform.trusts import Trust, trust_scope

from .reduction_forms import text, words
from .staffing_calls import HOURS, TODAY, sent
from .test_commands import Run, londonnet

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

__all__ = ["londonnet"]
PAGE = "/workload/practitioner/N07A002/N07T01/hours"
pytestmark = pytest.mark.usefixtures("figures_of_today")


def held(trust: Trust) -> list[Decimal]:
    """What Bashir has and will have."""
    with trust_scope(trust):
        periods = ContractedHours.objects.filter(place__practitioner__om_key="N07A002", superseded_by=None)
        return list(periods.order_by("first_day").values_list("hours", flat=True))


def test_a_page_saves_them_once_they_are_ticked_and_only_those(
    loaded: Trust, browse: Callable[..., Client], bob: "User"
) -> None:
    browser, before = browse(loaded, bob), held(loaded)
    typed = {"hours": "60", "first_day": words(timezone.localdate()), "version": "0"}
    page = text(browser.post(PAGE, typed))
    assert "That is more than 48 hours a week" in page
    assert 'name="sure_of" type="checkbox" value="60"' in page
    assert 'value="61"' in text(browser.post(PAGE, {**typed, "hours": "61", "sure_of": "60"}))
    assert held(loaded) == before
    assert browser.post(PAGE, {**typed, "sure_of": "60"}).status_code == 302
    assert held(loaded)[-1] == 60


def test_a_program_and_a_command_say_that_they_are_sure(
    loaded: Trust, browse: Callable[..., Client], bob: "User", londonnet: Run
) -> None:
    browser, given = browse(loaded, bob), {"hours": 60, "first_day": TODAY.isoformat()}
    assert sent(browser, "put", HOURS, given, status=422)["error"]["code"] == "hours-unlikely"
    assert sent(browser, "put", HOURS, {**given, "is_sure": True})["contracted_hours"] == 60
    command = ("workload", "hours", "set", "N07A002", "N07T01", "72", "--trust", "alpha", "--from", TODAY.isoformat())
    code, _, said = londonnet(*command)
    assert (code, "72 hours a week is more than 48" in said) == (1, True)
    assert londonnet(*command, "--sure")[0] == 0
    assert held(loaded)[-1] == 72


def test_a_file_is_taken_at_its_word_and_what_is_held_isnt_asked_about_again(
    loaded: Trust, browse: Callable[..., Client], bob: "User"
) -> None:
    browser = browse(loaded, bob)
    content = "om_key,team_code,contracted_hours,from,to\nN07A002,N07T01,60,1/4/2026,\n"
    loading = sent(browser, "post", "staffing-files", {"kind": "hours", "content": content}, status=201)
    assert loading["rows"] == {"read": 1, "loaded": 1, "quarantined": 0, "ignored": 0}
    assert sent(browser, "put", HOURS, {"hours": 60, "first_day": "2026-03-01"})["contracted_hours"] == 60
