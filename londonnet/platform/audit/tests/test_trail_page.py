import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from londonnet.platform.access.models import User
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope


@pytest.fixture
def desk(alpha: Trust, browse: Callable[..., Client], auditor: User) -> Client:
    return browse(alpha, auditor)


@pytest.fixture
def entries(alpha: Trust, bob: User) -> Any:
    def make(number: Any = 1, **given: Any) -> Any:
        whole = {
            "kind": "workload.hours_loaded",
            "actor_kind": "user",
            "actor_id": bob.pk,
            "actor_name": "Bob",
            "subject_type": "load",
            "subject_id": "12",
            **given,
        }
        with trust_scope(alpha):
            return TrailEntry.objects.bulk_create([TrailEntry(**whole) for _ in range(number)])

    return make


def shown(desk: Client, query: str = "") -> Any:
    """The numbers of the entries on a page, from the top."""
    return [int(pk) for pk in re.findall(r'href="/audit/(\d+)"', desk.get(f"/audit{query}").content.decode())]


def test_the_newest_is_on_top_and_older_ones_follow_on_further_pages(desk: Client, entries: Any) -> None:
    made = [entry.pk for entry in entries(120)]
    assert shown(desk) == made[:-51:-1]
    page = desk.get("/audit?subject_type=load").content.decode()
    older = re.findall(r'href="(\?[^"]+)">Older', page)[0].replace("&amp;", "&")
    assert "subject_type=load" in older
    assert shown(desk, older) == made[-51:-101:-1]
    assert len(shown(desk, f"?subject_type=load&before={made[20]}")) == 20


def test_it_is_searched_by_kind_who_subject_person_and_dates(desk: Client, entries: Any, alpha: Trust) -> None:
    (hours,) = entries(about="X123456", at="2026-03-31T22:59:00Z")
    (signed_in,) = entries(kind="access.signed_in", subject_type="user", subject_id="9", at="2026-03-31T23:30:00Z")
    (nightly,) = entries(kind="jobs.ran", actor_kind="job", actor_id=None, actor_name="Nightly feed", subject_id="A1")
    for query, found in {
        "?kind=access.signed_in": [signed_in],
        "?kind=workload": [hours],
        "?who=BOB@example": [signed_in, hours],
        "?who=nightly": [nightly],
        "?who=nobody-of-that-name": [],
        "?subject_type=user&subject_id=9": [signed_in],
        "?subject_id=A1": [nightly],
        "?about=X123456": [hours],
        "?since=2026-04-01&until=2026-04-01": [signed_in],  # half past midnight in London
        "?since=2026-03-31&until=2026-03-31": [hours],
    }.items():
        assert shown(desk, query) == [entry.pk for entry in found], query


def test_a_date_that_isnt_one_is_said_and_narrows_nothing(desk: Client, entries: Any) -> None:
    entries(3)
    page = desk.get("/audit?since=yesterday").content.decode()
    assert "Enter a date such as" in page
    assert len(shown(desk, "?since=yesterday&before=99999999999")) >= 3


def test_nothing_found_is_said(desk: Client) -> None:
    assert "Nothing found" in desk.get("/audit?kind=no.such_kind").content.decode()


def test_an_entry_shows_before_and_after_and_nothing_as_markup(desk: Client, entries: Any) -> None:
    (entry,) = entries(
        before={"name": "Bob"}, after={"name": "<b>Robert</b>", "grants": ["hr", "auditor"]}, why="asked"
    )
    page = desk.get(f"/audit/{entry.pk}").content.decode()
    assert "&lt;b&gt;Robert&lt;/b&gt;" in page
    assert "hr, auditor" in page
    assert "asked" in page
    assert desk.get("/audit/999999999").status_code == 404


def test_looking_is_recorded_with_what_was_looked_for(alpha: Trust, desk: Client, entries: Any, auditor: User) -> None:
    (entry,) = entries(about="X123456")
    desk.get("/audit?about=X123456&kind=workload")
    desk.get(f"/audit/{entry.pk}")
    with trust_scope(alpha):
        searched, opened = TrailEntry.objects.filter(actor_id=auditor.pk).order_by("pk")
    assert (searched.kind, searched.about) == ("audit.trail_searched", "X123456")
    assert searched.after == {"about": "X123456", "kind": "workload"}
    assert (opened.kind, opened.subject_id, opened.about) == ("audit.consulted", str(entry.pk), "X123456")


def test_the_number_of_queries_doesnt_grow(
    desk: Client, entries: Any, count_queries: Callable[[], AbstractContextManager[Any]]
) -> None:
    entries(2)
    with count_queries() as few:
        desk.get("/audit")
    entries(200)
    with count_queries() as many:
        desk.get("/audit?who=bob&since=2020-01-01")
    assert many.count == few.count <= 12


def test_only_auditors_see_it(
    alpha: Trust,
    beta: Trust,
    browse: Callable[..., Client],
    desk: Client,
    administrator: User,
    head: User,
    bob: User,
    entries: Any,
) -> None:
    (entry,) = entries()
    for person in (administrator, head, bob):
        assert browse(alpha, person).get("/audit").status_code == 404
        assert browse(alpha, person).get(f"/audit/{entry.pk}").status_code == 404
    assert browse(alpha).get("/audit").status_code == 302
    elsewhere = browse(beta)
    elsewhere.cookies = desk.cookies
    assert elsewhere.get("/audit").status_code == 302


def test_entries_are_told_in_words(desk: Client, entries: Any) -> None:
    entries(kind="workload.hours_loaded", subject_type="figure_run", after={"is_new": True})
    (mine,) = entries(
        kind="access.role_given", actor_kind="job", actor_id=7, actor_name="Alice", after={"is_new": True}
    )
    page = desk.get("/audit").content.decode()
    assert "Hours loaded" in page
    assert "figure run 12" in page
    one = desk.get(f"/audit/{mine.pk}").content.decode()
    assert ">Role given</h1>" in one
    assert "Alice (a job of user 7)" in one
    assert "is new" in one
    assert ">yes<" in one
