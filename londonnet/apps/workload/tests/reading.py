"""Reading a page as a test does: its text, and how it is built."""

import re
from html.parser import HTMLParser

from django.test import Client

# A form's token is written differently each time.
_TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]*')
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def text_of(client: Client, url: str) -> str:
    """The page's markup on one line, once it has been answered as it should."""
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return _TOKEN.sub("", " ".join(answer.content.decode().split()))


class Structure(HTMLParser):
    """The levels of a page's headings in their order, table headers without a scope, and the ids it gives."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.unscoped: list[str] = []
        self.ids: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a heading, a table header or an id."""
        given = dict(attrs)
        if tag in HEADINGS:
            self.levels.append(HEADINGS.index(tag) + 1)
        if tag == "th" and given.get("scope") not in ("row", "col"):
            self.unscoped.append(str(self.getpos()))
        if given.get("id"):
            self.ids.append(str(given["id"]))


def names_in_order(markup: str, *names: str) -> list[str]:
    """Those names in the order that the page's table gives them."""
    body = markup[markup.index("<tbody") :]
    return sorted((name for name in names if name in body), key=body.index)
