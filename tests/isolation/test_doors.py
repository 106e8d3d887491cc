"""Two trusts, every door between them: files, cache, signed values, sessions, hostnames. Each is tried and held."""

from collections.abc import Callable

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test import Client

from londonnet.platform.access.models import User
from londonnet.platform.trusts import NoTrustEntered, Trust, files, trust_scope

Browse = Callable[..., Client]


def test_a_cached_value_stays_in_its_trust(alpha: Trust, beta: Trust) -> None:
    with trust_scope(alpha):
        cache.set("figure", 117)
    with trust_scope(beta):
        assert cache.get("figure") is None
    with trust_scope(alpha):
        assert cache.get("figure") == 117


def test_a_signed_value_means_nothing_in_another_trust(alpha: Trust, beta: Trust) -> None:
    with trust_scope(alpha):
        signed = signing.dumps({"user": 1}, salt="londonnet.test")
        assert signing.loads(signed, salt="londonnet.test") == {"user": 1}
    with trust_scope(beta), pytest.raises(signing.BadSignature):
        signing.loads(signed, salt="londonnet.test")
    with pytest.raises(NoTrustEntered):
        signing.loads(signed, salt="londonnet.test")


def test_a_reset_token_of_the_same_user_id_means_nothing_in_another_trust(alpha: Trust, beta: Trust) -> None:
    with trust_scope(alpha):
        twin = User.objects.create_user(email="twin@example.org", name="Twin", password="one two three four")
        token = default_token_generator.make_token(twin)
        assert default_token_generator.check_token(twin, token)
    with trust_scope(beta):
        # The very same row, hash of the password included: only the trust differs.
        User.objects.bulk_create([twin])
        assert not default_token_generator.check_token(twin, token)


def test_files_lie_in_folders_of_each_trusts_own(alpha: Trust, beta: Trust) -> None:
    with trust_scope(alpha):
        of_alpha = files.folder("national")
        (of_alpha / "extract.xlsx").write_bytes(b"alpha")
    with trust_scope(beta):
        assert not (files.folder("national") / "extract.xlsx").exists()
        for way_out in ("..", "../alpha", "/etc", ".hidden"):
            with pytest.raises(Exception, match="may hold only"):
                files.folder(way_out)
    assert of_alpha.stat().st_mode & 0o077 == 0


def test_raw_sql_sees_one_trusts_rows(alpha: Trust, beta: Trust) -> None:
    with trust_scope(alpha):
        User.objects.create_user(email="raw@example.org", name="Raw")
    with trust_scope(beta), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_user WHERE email = %s", ["raw@example.org"])
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == (beta.database,)


def test_a_session_cookie_carried_to_another_trusts_hostname_is_nobodys(
    alpha: Trust, beta: Trust, bob: User, dana: User, browse: Browse
) -> None:
    at_home = browse(alpha, bob)
    assert at_home.get("/").status_code == 200
    elsewhere = browse(beta)
    elsewhere.cookies = at_home.cookies
    answer = elsewhere.get("/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")


def test_an_unknown_hostname_gets_a_plain_page_that_tells_nothing(alpha: Trust) -> None:
    for host in ("gamma.localhost", "example.org", "alpha.localhost.example.org", "[::1", ""):
        answer = Client(headers={"host": host}).get("/sign-in")
        assert answer.status_code == 404
        assert b"Alpha" not in answer.content
        assert b"LondonNet" not in answer.content
        assert not answer.cookies
