import re
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from londonnet.platform.access.models import RoleGrant, User, UserSession
from londonnet.platform.access.once import once
from londonnet.platform.access.services import create_user
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def empty_mailbox() -> None:
    mail.outbox = []


@pytest.fixture
def office(alpha: Trust, browse: Callable[..., Client], administrator: User) -> Client:
    return browse(alpha, administrator)


def filled(**changed: str) -> Any:
    return {
        "name": "Grace O'Neill",
        "email": "Grace@example.org",
        "role": "team_manager",
        "scope_kind": "team",
        "scope_code": "n07t01",
        "staff_key": "",
        "form_key": str(uuid.uuid4()),
        **changed,
    }


def grants(user: User) -> Any:
    return list(RoleGrant.objects.filter(user=user).values_list("role", "scope_kind", "scope_code"))


def test_an_administrator_adds_a_user_who_is_sent_a_link_that_is_shown_once(
    alpha: Trust, browse: Callable[..., Client], office: Client
) -> None:
    answer = office.post("/users/add", filled())
    with trust_scope(alpha):
        grace = User.objects.get(email="grace@example.org")
        assert grants(grace) == [("team_manager", "team", "N07T01")]
        kinds = list(TrailEntry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["access.user_added", "access.link_sent"]
    assert answer["Location"] == f"/users/{grace.pk}"
    page = office.get(answer["Location"]).content.decode()
    link = re.findall(r"http://localhost:8000(/welcome/\S+?)<", page)[0]
    assert browse(alpha).get(link).status_code == 302
    assert "/welcome/" not in office.get(answer["Location"]).content.decode()
    (letter,) = mail.outbox
    assert letter.to == ["grace@example.org"]
    assert "Grace O'Neill" in letter.body
    assert "/welcome/" in letter.body


def test_a_form_sent_twice_makes_one_user_and_leads_to_the_same_page(alpha: Trust, office: Client) -> None:
    form = filled()
    first, second = office.post("/users/add", form), office.post("/users/add", form)
    assert first["Location"] == second["Location"]
    assert "/welcome/" in office.get(second["Location"]).content.decode()
    with trust_scope(alpha):
        assert User.objects.filter(email="grace@example.org").count() == 1
    assert len(mail.outbox) == 1


def test_a_form_sent_twice_at_the_same_moment_makes_one_user(fresh_trust: Trust) -> None:
    key = uuid.uuid4()

    def add() -> Any:
        user = create_user(email="grace@example.org", name="Grace", grants=[("hr", "trust", "")])
        return str(user.pk)

    def send(_: Any) -> Any:
        with trust_scope(fresh_trust):
            return once(key, add)

    with ThreadPoolExecutor(4) as pool:
        led_to = set(pool.map(send, range(4)))
    assert len(led_to) == 1
    with trust_scope(fresh_trust):
        assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": "not an address"}, "such as name@example.org"),
        ({"email": ""}, "Enter an email address."),
        ({"name": ""}, "Enter their name."),
        ({"role": ""}, "Choose a role."),
        ({"email": "ADMINISTRATOR@example.org"}, "There is a user with this email address already"),
        ({"scope_kind": "trust"}, "Team manager can only be given for a team"),
        ({"scope_code": ""}, "Enter the code of a team"),
        ({"scope_code": "N07 T01; DROP"}, "Enter the code of a team"),
    ],
)
def test_what_is_wrong_is_said_at_the_top_and_beside_the_field_and_nothing_typed_is_lost(
    office: Client, changed: dict[str, str], said: str
) -> None:
    form = filled(**changed)
    page = office.post("/users/add", form).content.decode()
    assert page.count(said) == 2
    assert "There is a problem" in page
    assert "Error: Add a user" in page
    for value in (form["name"], form["email"], form["form_key"]):
        assert not value or f'value="{value.replace(chr(39), "&#39;")}"' in page
    assert mail.outbox == []


def test_a_form_that_was_refused_can_be_mended_and_sent_again(alpha: Trust, office: Client) -> None:
    form = filled(email="administrator@example.org")
    office.post("/users/add", form)
    answer = office.post("/users/add", {**form, "email": "grace@example.org"})
    assert answer.status_code == 302


def test_two_users_cant_be_the_same_practitioner(alpha: Trust, office: Client, alice: User) -> None:
    page = office.post("/users/add", filled(staff_key="n07a001")).content.decode()
    assert "Another user is linked to this practitioner" in page
    with trust_scope(alpha):
        assert not User.objects.filter(email="grace@example.org").exists()


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


def test_a_role_is_given_and_taken_and_each_is_an_event(alpha: Trust, office: Client, bob: User) -> None:
    office.post(f"/users/{bob.pk}/roles/give", {"role": "hr", "scope_kind": "trust"})
    office.post(f"/users/{bob.pk}/roles/give", {"role": "hr", "scope_kind": "trust"})
    with trust_scope(alpha):
        assert ("hr", "trust", "") in grants(bob)
        given = RoleGrant.objects.get(user=bob, role="hr")
    office.post(f"/users/{bob.pk}/roles/{given.pk}/take")
    office.post(f"/users/{bob.pk}/roles/{given.pk}/take")
    with trust_scope(alpha):
        assert grants(bob) == [("team_manager", "team", "N07T01")]
        entries = TrailEntry.objects.filter(kind__startswith="access.role").order_by("pk")
        assert [entry.kind for entry in entries] == ["access.role_given", "access.role_taken"]
        assert entries[0].after == {"grant": "hr trust"}
        assert entries[1].before == {"grant": "hr trust"}


def test_a_role_that_doesnt_fit_is_refused_on_the_users_page(office: Client, bob: User) -> None:
    page = office.post(f"/users/{bob.pk}/roles/give", {"role": "hr", "scope_kind": "team", "scope_code": "A"})
    assert "can only be given for the whole trust" in page.content.decode()


def test_the_last_administrator_keeps_the_role(alpha: Trust, office: Client, administrator: User) -> None:
    with trust_scope(alpha):
        own = RoleGrant.objects.get(user=administrator)
    office.post(f"/users/{administrator.pk}/roles/{own.pk}/take")
    assert "last administrator" in office.get(f"/users/{administrator.pk}").content.decode()
    office.post(f"/users/{administrator.pk}/deactivate")
    assert office.get("/users").status_code == 200


def test_an_administrator_who_isnt_the_last_can_give_the_role_up(
    alpha: Trust, office: Client, administrator: User, make_user: Callable[..., User]
) -> None:
    make_user(alpha, "second@example.org", ("administrator", "trust", ""))
    with trust_scope(alpha):
        own = RoleGrant.objects.get(user=administrator)
    office.post(f"/users/{administrator.pk}/roles/{own.pk}/take")
    assert office.get("/users").status_code == 404


def test_a_deactivated_administrator_doesnt_count_as_one(
    alpha: Trust, office: Client, administrator: User, make_user: Callable[..., User]
) -> None:
    second = make_user(alpha, "second@example.org", ("administrator", "trust", ""))
    office.post(f"/users/{second.pk}/deactivate")
    with trust_scope(alpha):
        own = RoleGrant.objects.get(user=administrator)
    office.post(f"/users/{administrator.pk}/roles/{own.pk}/take")
    assert office.get("/users").status_code == 200


def test_two_administrators_cant_let_each_other_go_at_the_same_moment(fresh_trust: Trust) -> None:
    from londonnet.platform.access import services
    from londonnet.platform.access.errors import LastAdministrator

    with trust_scope(fresh_trust):
        pair = [create_user(email=f"{n}@example.org", name=n, grants=[("administrator", "trust", "")]) for n in "ab"]

    def let_go(user: User) -> Any:
        with trust_scope(fresh_trust):
            try:
                services.deactivate_user(user=user)
            except LastAdministrator:
                return "refused"
            return "gone"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(let_go, pair)) == ["gone", "refused"]


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
