"""Which pages may read the answer."""

import pytest

from londonnet.config.environment import ENV
from londonnet.platform.live.tests.listening import OpenPage, hostname
from londonnet.platform.trusts import Trust


def test_a_page_of_the_same_trust_may_read_with_its_cookie(port: int, fresh_trust: Trust, session: str) -> None:
    origin = f"http://{hostname(fresh_trust)}:{ENV.web_port}"
    with OpenPage(port, hostname(fresh_trust), "jobs:job:1", session=session, Origin=origin) as page:
        assert page.answer.headers["Access-Control-Allow-Origin"] == origin
        assert page.answer.headers["Access-Control-Allow-Credentials"] == "true"
        assert page.answer.headers["Vary"] == "Origin"
        assert page.answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "http://alpha.localhost:8000",
        "https://{host}:8000",
        "http://{host}:9999",
        "http://{host}:8000/",
        "http://user@{host}:8000",
        "http://{host}:8000.evil.example",
        "http://{host}:port",
        "ftp://{host}:8000",
    ],
)
def test_a_page_of_any_other_origin_may_not(port: int, fresh_trust: Trust, session: str, origin: str) -> None:
    for method in ("GET", "OPTIONS"):
        page = OpenPage(
            port,
            hostname(fresh_trust),
            "jobs:job:1",
            session=session,
            method=method,
            Origin=origin.format(host=hostname(fresh_trust)),
        )
        assert page.status == 403
        assert "Access-Control-Allow-Origin" not in page.answer.headers
        page.close()


def test_a_browser_that_asks_first_is_told_what_it_may(port: int, fresh_trust: Trust) -> None:
    origin = f"http://{hostname(fresh_trust)}:{ENV.web_port}"
    page = OpenPage(port, hostname(fresh_trust), "jobs:job:1", method="OPTIONS", Origin=origin)
    assert (page.status, page.answer.headers["Access-Control-Allow-Origin"]) == (204, origin)
    page.close()
