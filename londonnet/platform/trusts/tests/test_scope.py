"""Entering a trust: fail closed, one at a time, and never the wrong one."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client

from londonnet.platform.access.models import User
from londonnet.platform.errors import LondonNetError
from londonnet.platform.trusts import NoTrustEntered, ScopeNested, Trust, WrongTrust, current_trust, trust_scope
from londonnet.platform.trusts.backend.base import DatabaseWrapper
from londonnet.platform.trusts.naming import checked_slug
from londonnet.platform.trusts.registry import UnknownTrust, by_hostname


def test_nothing_is_reached_with_no_trust_entered(alpha: Trust) -> None:
    with pytest.raises(NoTrustEntered):
        User.objects.count()
    with pytest.raises(NoTrustEntered), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    with pytest.raises(NoTrustEntered):
        current_trust()


def test_what_is_written_in_one_trust_is_not_in_the_other(alpha: Trust, beta: Trust) -> None:
    with trust_scope(alpha):
        User.objects.create_user(email="someone@example.org", name="Someone")
    with trust_scope(beta):
        assert not User.objects.filter(email="someone@example.org").exists()
    with trust_scope(alpha):
        assert User.objects.filter(email="someone@example.org").exists()


def test_scopes_do_not_nest_even_for_the_same_trust(alpha: Trust, beta: Trust) -> None:
    with trust_scope(alpha), transaction.atomic():
        User.objects.create_user(email="kept@example.org", name="Kept")
        for other in (alpha, beta):
            with pytest.raises(ScopeNested), trust_scope(other):
                pass
        assert User.objects.filter(email="kept@example.org").exists()


def test_a_cursor_kept_from_one_trust_is_refused_under_another(alpha: Trust, beta: Trust) -> None:
    with trust_scope(alpha):
        kept = connection.cursor()
        kept.execute("SELECT 1")
    with trust_scope(beta):
        User.objects.count()
        kept.db.opened_for = (alpha.database, False)  # as the cursor's own trust left it
        with pytest.raises(WrongTrust):
            kept.execute("SELECT 1")
        kept.db.opened_for = (beta.database, False)


def test_a_connection_opened_for_one_trust_refuses_statements_under_another(fresh_trust: Trust, alpha: Trust) -> None:
    wrapper = DatabaseWrapper(connection.settings_dict, alias="default")
    try:
        with trust_scope(fresh_trust):
            wrapper.cursor().execute("SELECT 1")
        with trust_scope(alpha), pytest.raises(WrongTrust):
            wrapper.cursor()
    finally:
        wrapper.give_back()


def test_an_unknown_slug_is_said(alpha: Trust) -> None:
    with pytest.raises(UnknownTrust), trust_scope("nobody"):
        pass


def test_hostnames_name_trusts(alpha: Trust, beta: Trust) -> None:
    assert by_hostname("localhost:8000") == alpha
    assert by_hostname("BETA.localhost") == beta
    assert by_hostname("alpha.localhost") == alpha
    assert by_hostname("gamma.localhost") is None
    assert by_hostname("") is None


def test_content_types_answer_for_the_trust_that_is_entered(alpha: Trust, beta: Trust) -> None:
    with trust_scope(alpha):
        in_alpha = ContentType.objects.get_for_model(User).pk
    with trust_scope(beta):
        in_beta = ContentType.objects.get_for_model(User).pk
        assert ContentType.objects.get_for_id(in_beta).model == "user"
    assert in_beta == in_alpha + 1000
    with trust_scope(alpha):
        assert ContentType.objects.get_for_model(User).pk == in_alpha


def test_two_statements_in_one_are_refused_where_parameters_are_bound(in_alpha: Trust) -> None:
    with connection.cursor() as cursor, pytest.raises(Exception, match=r"multiple commands|syntax"):
        cursor.execute("SELECT 1; SELECT %s", [2])


@pytest.mark.parametrize(
    ("host", "to"),
    [
        ("127.0.0.1", "http://localhost/x"),
        ("127.0.0.1:81", "http://localhost:81/x"),
        ("127.0.0.1:81@evil.example", "http://localhost/x"),
    ],
)
def test_the_loopback_address_leads_to_the_name_and_nowhere_else(host: str, to: str) -> None:
    answer = Client(headers={"host": host}).get("/x")
    assert (answer.status_code, answer["Location"]) == (302, to)


@pytest.mark.parametrize("slug", ["demo\n", "Demo", "de/mo", "-demo", "x" * 31, "template", "control", "localhost", ""])
def test_what_cannot_stand_in_a_hostname_names_no_trust(slug: str) -> None:
    with pytest.raises(LondonNetError, match="can't name a trust"):
        checked_slug(slug)
