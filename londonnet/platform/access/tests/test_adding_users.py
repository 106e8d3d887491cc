"""Adding users, giving them roles and taking roles away; the last administrator stays."""

import re
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from londonnet.platform.access.models import RoleGrant, User
from londonnet.platform.access.once import once
from londonnet.platform.access.services import create_user
from londonnet.platform.audit.models import TrailEntry
from londonnet.platform.trusts import Trust, trust_scope


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
