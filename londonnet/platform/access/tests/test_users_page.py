"""The list of users, each one's page, and who reaches any of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.core import mail
from django.test import Client

from londonnet.platform.access.models import RoleGrant, User, UserSession
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

PASSWORD = "correct horse battery staple"


def test_the_list_is_searched_and_shows_fifty_on_a_page_with_a_fixed_number_of_queries(
    alpha: Trust,
    office: Client,
    make_user: Callable[..., User],
    count_queries: Callable[[], AbstractContextManager[Any]],
) -> None:
    with trust_scope(alpha):
        users = User.objects.bulk_create(
            [User(email=f"p{n:03}@example.org", name=f"Person {n:03}", password="!") for n in range(120)]
        )
        RoleGrant.objects.bulk_create(
            [RoleGrant(user=u, role="team_manager", scope_kind="team", scope_code="N07T01") for u in users]
        )
    with count_queries() as few:
        page = office.get("/users?q=Person+007").content.decode()
    assert "p007@example.org" in page
    assert "p008@example.org" not in page
    with count_queries() as many:
        page = office.get("/users?page=2").content.decode()
    assert page.count("@example.org") == 50
    assert many.count == few.count <= 12
    assert office.get("/users?page=99999999").status_code == 200
    assert office.get("/users?page=x&q=%25").status_code == 200


def test_a_search_that_finds_nobody_says_so(office: Client) -> None:
    assert "Nobody found" in office.get("/users?q=zzz").content.decode()


def test_a_users_page_has_a_fixed_number_of_queries(
    office: Client, bob: User, alpha: Trust, count_queries: Callable[[], AbstractContextManager[Any]]
) -> None:
    with count_queries() as one:
        office.get(f"/users/{bob.pk}")
    with trust_scope(alpha):
        for n in range(20):
            RoleGrant.objects.create(user=bob, role="team_manager", scope_kind="team", scope_code=f"N07T{n + 10}")
    with count_queries() as many:
        office.get(f"/users/{bob.pk}")
    assert many.count == one.count <= 12


def test_names_are_shown_as_text_and_not_as_markup(
    alpha: Trust, office: Client, make_user: Callable[..., User]
) -> None:
    with trust_scope(alpha):
        User.objects.create_user(email="x@example.org", name="<script>alert(1)</script>")
    page = office.get("/users?q=x@example.org").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_deactivating_ends_sessions_at_once_and_reactivating_lets_in_again(
    alpha: Trust, browse: Callable[..., Client], office: Client, make_user: Callable[..., User]
) -> None:
    erin = make_user(alpha, "erin@example.org", password=PASSWORD)
    browser = browse(alpha)
    browser.post("/sign-in", {"login": erin.email, "password": PASSWORD})
    office.post(f"/users/{erin.pk}/deactivate")
    assert browser.get("/account").status_code == 302
    with trust_scope(alpha):
        assert not UserSession.objects.filter(user=erin).exists()
    assert "Deactivated" in office.get("/users?q=erin").content.decode()
    office.post(f"/users/{erin.pk}/reactivate")
    assert browse(alpha).post("/sign-in", {"login": erin.email, "password": PASSWORD}).status_code == 302


def test_a_link_is_sent_to_an_active_user_only(office: Client, alpha: Trust, bob: User) -> None:
    office.post(f"/users/{bob.pk}/send-link")
    assert "http://localhost:8000/welcome/" in office.get(f"/users/{bob.pk}").content.decode()
    assert len(mail.outbox) == 1
    office.post(f"/users/{bob.pk}/deactivate")
    office.post(f"/users/{bob.pk}/send-link")
    assert len(mail.outbox) == 1
    assert "Reactivate them first" in office.get(f"/users/{bob.pk}").content.decode()


def test_a_user_is_renamed_and_linked_to_a_practitioner_in_one_event(alpha: Trust, office: Client, bob: User) -> None:
    assert 'value="Bob"' in office.get(f"/users/{bob.pk}/change").content.decode()
    office.post(f"/users/{bob.pk}/change", {"name": "Robert", "staff_key": "n07b002"})
    office.post(f"/users/{bob.pk}/change", {"name": "Robert", "staff_key": "n07b002"})
    with trust_scope(alpha):
        entry = TrailEntry.objects.get(kind="access.user_changed")
    assert entry.before == {"name": "Bob", "email": "bob@example.org", "staff_key": ""}
    assert entry.after == {"name": "Robert", "email": "bob@example.org", "staff_key": "N07B002"}


def test_renaming_to_nothing_or_to_a_taken_practitioner_is_refused(office: Client, bob: User, alice: User) -> None:
    assert "Enter their name" in office.post(f"/users/{bob.pk}/change", {"name": ""}).content.decode()
    page = office.post(f"/users/{bob.pk}/change", {"name": "Bobby", "staff_key": "N07A001"}).content.decode()
    assert "Another user is linked" in page
    assert 'value="Bobby"' in page


def test_only_administrators_reach_any_of_it(
    alpha: Trust, browse: Callable[..., Client], bob: User, auditor: User, head: User, hr: User, alice: User
) -> None:
    places = ("/users", "/users/add", f"/users/{bob.pk}", f"/users/{bob.pk}/change", "/outbox")
    for person in (bob, auditor, head, hr, alice):
        browser = browse(alpha, person)
        assert [browser.get(place).status_code for place in places] == [404] * len(places)
        for act in ("deactivate", "reactivate", "lift-lock", "send-link", "roles/give", "roles/1/take"):
            assert browser.post(f"/users/{bob.pk}/{act}").status_code == 404
    assert browse(alpha).get("/users")["Location"].startswith("/sign-in")


def test_changes_need_a_post(office: Client, bob: User) -> None:
    for act in ("deactivate", "reactivate", "lift-lock", "send-link", "roles/give", "roles/1/take"):
        assert office.get(f"/users/{bob.pk}/{act}").status_code == 405


def test_a_user_that_isnt_there_is_a_page_not_found(office: Client) -> None:
    assert office.get("/users/999999").status_code == 404
    assert office.post("/users/999999/deactivate").status_code == 404


def test_an_administrator_of_one_trust_sees_nobody_of_another(
    alpha: Trust, beta: Trust, browse: Callable[..., Client], office: Client, dana: User
) -> None:
    assert "dana@example.org" not in office.get("/users").content.decode()
    elsewhere = browse(beta)
    elsewhere.cookies = office.cookies
    assert elsewhere.get("/users").status_code == 302


def test_the_menu_shows_users_and_outbox_to_administrators_and_audit_to_auditors(
    in_alpha: Trust, administrator: User, auditor: User, bob: User
) -> None:
    from londonnet.platform.access.hooks import AccessHooks

    def labels(user: User) -> Any:
        return [item.label for item in AccessHooks().menu_items(user)]

    assert labels(administrator) == ["Users", "Outbox"]
    assert labels(auditor) == ["Audit"]
    assert labels(bob) == []
