"""Pages of reductions and hours: what each does, and that nobody's work is lost."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from londonnet.apps.workload import services
from londonnet.apps.workload.models import Reduction
from londonnet.apps.workload.selectors import practitioner_rows
from londonnet.apps.workload.tests import building
from londonnet.apps.workload.tests.building import ALICE
from londonnet.apps.workload.tests.reading import text_of
from londonnet.platform.trusts import Trust, trust_scope

from .reduction_forms import KEY, reason, text, typed, words

if TYPE_CHECKING:
    from londonnet.platform.access.models import User

pytestmark = pytest.mark.usefixtures("figures_of_today")

Browse = Callable[..., Client]
ADD = "/workload/reductions/add?who=N07A002/N07T01"


def only() -> Reduction:
    return Reduction.objects.filter(superseded_by=None, place__practitioner__om_key="N07A002").get()


def test_a_manager_adds_a_reduction_and_sees_it_with_its_history(loaded: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(loaded, bob)
    with trust_scope(loaded):
        sent = typed(notes="Mondays")
    answer = browser.post(ADD, sent)
    assert answer.status_code == 302, text(answer)
    page = text_of(browser, answer["Location"])
    assert "Reduction of 7.4 hours a week" in page
    assert "Court Duty" in page
    assert "Mondays" in page
    assert "Added" in page
    assert "Bob" in page
    browser.post(ADD, sent)
    with trust_scope(loaded):
        assert only().hours == Decimal("7.4")
        (row,) = (row for row in practitioner_rows() if row.om_key == "N07A002")
        assert row.available == 1740


def test_without_script_the_usual_share_and_length_are_filled_in_before_anything_is_saved(
    loaded: Trust, browse: Browse, bob: "User"
) -> None:
    with trust_scope(loaded):
        sent = typed("NQO", hours="", last_day="", last_day_was="", filled_for="", first_day="1/4/2026")
    page = text(browse(loaded, bob).post(ADD, sent))
    assert "Nothing is saved yet" in page
    for value in ('value="20"', 'value="7.4"', 'value="31/12/2026"'):
        assert value in page
    with trust_scope(loaded):
        assert not Reduction.objects.filter(place__practitioner__om_key="N07A002").exists()


def test_the_form_shows_what_it_would_do_before_it_is_saved(loaded: Trust, browse: Browse, bob: "User") -> None:
    with trust_scope(loaded):
        sent = typed(hours="", percent="50", do="show")
    page = text(browse(loaded, bob).post(ADD, sent, headers={"HX-Request": "true"}))
    assert "Bashir Blum’s capacity: 106% → 211%" in page
    assert 'value="18.5"' in page
    assert "<html" not in page
    with trust_scope(loaded):
        assert not Reduction.objects.filter(place__practitioner__om_key="N07A002").exists()


def test_percent_and_hours_that_disagree_are_told_and_what_was_typed_stays(
    loaded: Trust, browse: Browse, bob: "User"
) -> None:
    with trust_scope(loaded):
        sent = typed(percent="50", notes="Typed with care")
    page = text(browse(loaded, bob).post(ADD, sent))
    assert "<title>Error: " in page
    assert "Percentage and hours don’t say the same" in page
    assert "Typed with care" in page


def test_what_is_missing_is_told_in_the_order_of_the_form(loaded: Trust, browse: Browse, bob: "User") -> None:
    page = text(browse(loaded, bob).post("/workload/reductions/add", {"form_key": f"{KEY}2"}))
    told = ["Choose a practitioner.", "Choose a reason.", "Enter a percentage, or hours a week.", "Enter a date like"]
    summary = page[page.index("There is a problem") :]
    places = [summary.index(words) for words in (told[0], told[1], told[3])]
    assert places == sorted(places)
    assert told[2] in page


def test_who_saves_second_is_told_what_it_is_now_and_can_save_theirs(
    loaded: Trust, browse: Browse, bob: "User", hr: "User"
) -> None:
    with trust_scope(loaded):
        first = services.add_reduction(
            place_id=building.place(building.key("N07A002", "N07T01")).pk,
            wanted=services.ReductionWanted(reason(), Decimal("7.4"), timezone.localdate(), None),
        ).pk
        sent = typed(version=first, hours="3.7", last_day="", last_day_was="", notes="Typed with care")
    url = f"/workload/reductions/{first}/change"
    assert browse(loaded, hr).post(url, {**sent, "hours": "11.1"}).status_code == 302
    browser = browse(loaded, bob)
    page = text(browser.post(url, sent))
    assert "Hr changed this while you had it open" in page
    assert "It is now 11.1 hours" in page
    assert "Typed with care" in page
    with trust_scope(loaded):
        assert only().hours == Decimal("11.1")
        again = {**sent, "version": only().pk}
    assert f'name="version" value="{again["version"]}"' in page
    assert browser.post(url, again).status_code == 302
    with trust_scope(loaded):
        assert only().hours == Decimal("3.7")


def test_a_deleted_reduction_is_put_back_with_one_press(loaded: Trust, browse: Browse, bob: "User") -> None:
    browser = browse(loaded, bob)
    with trust_scope(loaded):
        sent = typed()
    page = browser.post(ADD, sent)["Location"]
    number = int(page.rpartition("/")[2])
    deleted = browser.post(f"{page}/delete", {"version": number})["Location"]
    assert "Undo" in text_of(browser, deleted)
    back = browser.post(f"{deleted}/put-back", {"version": int(deleted.rpartition("/")[2])})["Location"]
    assert "Put back" in text_of(browser, back)
    assert "Put back" in text_of(browser, page)
    assert "Nothing of yours was done" in text(browser.post(f"{page}/delete", {"version": number}, follow=True))


def test_ending_early_says_what_is_wrong_with_the_day(loaded: Trust, browse: Browse, bob: "User") -> None:
    today = timezone.localdate()
    with trust_scope(loaded):
        held = building.reduction(building.key("N07A002", "N07T01"), "5", today - timedelta(days=9))
    url = f"/workload/reductions/{held.pk}"
    browser = browse(loaded, bob)
    sent = {"version": held.pk, "last_day": words(today - timedelta(days=9))}
    assert "It must end after it begins" in text(browser.post(f"{url}/end", sent))
    assert browser.post(f"{url}/end", {**sent, "last_day": words(today)}).status_code == 302
    assert "Ended early" in text_of(browser, url)


def test_hours_are_changed_and_the_page_shows_what_that_does(loaded: Trust, browse: Browse, bob: "User") -> None:
    browser, url = browse(loaded, bob), "/workload/practitioner/N07A002/N07T01/hours"
    sent = {"hours": "18.5", "first_day": words(timezone.localdate()), "version": "0", "why": "Asked for it"}
    assert "106% → 211%" in text(browser.post(url, {**sent, "do": "show"}))
    assert browser.post(url, sent).status_code == 302
    assert "Asked for it" in text_of(browser, url)
    assert "Somebody else changed these hours" in text(browser.post(url, {**sent, "hours": "20"}))
    with trust_scope(loaded):
        (row,) = (row for row in practitioner_rows() if row.om_key == "N07A002")
        assert row.contracted_hours == Decimal("18.5")


def test_lists_hold_what_their_tab_says(loaded: Trust, browse: Browse, bob: "User") -> None:
    today = timezone.localdate()
    who = building.key("N07A002", "N07T01")
    with trust_scope(loaded):
        Reduction.objects.all().update(superseded_by=building.a_load())
        building.reduction(who, "1", today, today + timedelta(days=30))
        building.reduction(who, "2", today, today + timedelta(days=31), reason="Disability")
        building.reduction(who, "3", today + timedelta(days=1), None, reason="Split Role")
        building.reduction(who, "4", today - timedelta(days=9), today - timedelta(days=1), reason="Adoption Leave")
        deleted = building.reduction(who, "5", today, None, reason="Special Leave")
        services.delete_reduction(version=deleted.pk)
    browser = browse(loaded, bob)
    shown = {
        status: names(text_of(browser, f"/workload/reductions?within=team:N07T01&status={status}"))
        for status in ("active", "expiring", "scheduled", "over", "deleted")
    }
    assert shown == {
        "active": {"Court Duty", "Disability"},
        "expiring": {"Court Duty"},
        "scheduled": {"Split Role"},
        "over": {"Adoption Leave"},
        "deleted": {"Special Leave"},
    }


def names(page: str) -> set[str]:
    every = ("Court Duty", "Disability", "Split Role", "Adoption Leave", "Special Leave")
    return {name for name in every if name in page}


def test_reasons_are_set_by_hr_and_administrators_for_the_whole_trust(
    loaded: Trust, browse: Browse, hr: "User", bob: "User"
) -> None:
    browser = browse(loaded, hr)
    assert "SPOC lead" in text_of(browser, "/workload/reasons")
    with trust_scope(loaded):
        url = f"/workload/reasons/{reason('SPOC lead')}"
    today = words(timezone.localdate())
    version = text_of(browser, url).partition('name="version" value="')[2].partition('"')[0]
    sent = {"maximum_percent": "10", "enabled": "yes", "valid_from": today, "why": "Agreed", "version": version}
    assert browser.post(url, sent).status_code == 302
    assert "Agreed" in text_of(browser, url)
    assert "Somebody else changed this reason" in text(browser.post(url, sent))
    assert "Enter a whole number from 1 to 100" in text(browser.post(url, {**sent, "maximum_percent": "101"}))
    added = {"name": "Mentoring", "kind": "work", "enabled": "yes"}
    assert browser.post("/workload/reasons/add", added).status_code == 302
    assert "of that name already" in text(browser.post("/workload/reasons/add", added))
    assert browse(loaded, bob).get(url).status_code == 404


def test_what_stayed_behind_is_taken_along_by_the_manager_of_the_new_team(
    loaded: Trust, browse: Browse, bob: "User", charlie: "User"
) -> None:
    with trust_scope(loaded):
        before, now = building.place(ALICE), building.place(building.key("N07A001", "N07T02"))
        before.ended_on = timezone.localdate()
        before.save()
    sent = {"place": before.pk, "to": now.pk}
    of_old, of_new = browse(loaded, bob), browse(loaded, charlie)
    assert "No team that you answer for" in text_of(of_old, "/workload/stayed-behind")
    assert of_old.post("/workload/stayed-behind/take-along", sent).status_code == 404
    assert "Take along to" in text_of(of_new, "/workload/stayed-behind")
    assert of_new.post("/workload/stayed-behind/take-along", sent).status_code == 302
    assert "Nothing stayed behind" in text_of(of_new, "/workload/stayed-behind")
    with trust_scope(loaded):
        assert Reduction.objects.get(place=now).superseded_by_id is None
