"""What every page is given: the trust, the person, the menu and the banners, as `shell`."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from londonnet.platform.notices.bell import Bell
from londonnet.platform.registry import Banner, MenuItem, enabled
from londonnet.platform.trusts import trust_or_none

from .csp import live_origin

PRODUCT = "LondonNet"
HOME, ACCOUNT, SIGN_IN, SIGN_OUT = "/", "/account", "/sign-in", "/sign-out"
SEARCH, SUGGEST = "/search", "/search/suggest"
FOOTER = (("Accessibility statement", "/accessibility"), ("Help", "/help"))


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry of the main navigation; `current` when the page shown is in that part."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A label and where it leads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page.

    Args:
        trust_name: the trust as people read it; empty outside any trust.
        user: the person signed in, or None.
        user_name: how the header calls them.
        menu: the main navigation, empty when nobody is signed in.
        banners: lines at the top of the page.
        bell: how many notices the person hasn't read.
        live_origin: where live connections go; empty for the page's own origin.
        marking: the protective marking of pages that set none of their own.
        search_query: what was searched for, on the search page.
        account_url: "my account"; empty when the installation has no such page.
        sign_in_url: where to sign in.
        sign_out_url: where to sign out, by POST.
        footer: links at the foot of the page.
    """

    trust_name: str = ""
    product: str = PRODUCT
    user: Any = None
    user_name: str = ""
    menu: tuple[MenuEntry, ...] = ()
    banners: tuple[Banner, ...] = ()
    bell: Bell | None = None
    live_origin: str = ""
    marking: str = "OFFICIAL"
    search_query: str = ""
    account_url: str = ""
    sign_in_url: str = SIGN_IN
    sign_out_url: str = SIGN_OUT
    footer: tuple[Link, ...] = ()


def shell(request: HttpRequest) -> dict[str, Shell]:
    """The context processor. A request marked by `bare` gets a frame that asks the database nothing."""
    trust = trust_or_none()
    user = None if trust is None or getattr(request, "wants_bare_shell", False) else getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"shell": Shell(trust_name=trust.name if trust else "", footer=_footer())}
    applications = enabled()
    return {
        "shell": Shell(
            trust_name=trust.name if trust else "",
            user=user,
            user_name=_name(user),
            menu=_menu([item for app in applications for item in app.hooks.menu_items(user)], request.path),
            banners=tuple(banner for app in applications for banner in app.hooks.banners(user)),
            bell=Bell(user),
            live_origin=live_origin(request),
            search_query=request.GET.get("q", "") if request.path.startswith(SEARCH) else "",
            account_url=_if_served(ACCOUNT),
            footer=_footer(),
        )
    }


def bare(request: HttpRequest) -> HttpRequest:
    """Mark a request so that its page is framed without asking the database: for failures."""
    request.wants_bare_shell = True  # type: ignore[attr-defined]
    return request


def _menu(items: Sequence[MenuItem], path: str) -> tuple[MenuEntry, ...]:
    here = max((item.url for item in items if _is_part_of(path, item.url)), key=len, default=None)
    ordered = sorted(items, key=lambda item: (item.order, item.label))
    return tuple(MenuEntry(item.label, item.url, item.url == here) for item in ordered)


def _is_part_of(path: str, url: str) -> bool:
    return path == url if url == HOME else path == url or path.startswith(url.rstrip("/") + "/")


def _name(user: Any) -> str:
    return str(user.name or user.get_username())


def _footer() -> tuple[Link, ...]:
    return tuple(Link(label, url) for label, url in FOOTER if _if_served(url))


def _if_served(path: str) -> str:
    return path if _is_served(path, str(settings.ROOT_URLCONF)) else ""


@lru_cache(maxsize=64)
def _is_served(path: str, urlconf: str) -> bool:
    """Whether the installation has a page there: the same for all trusts, so it may be remembered."""
    try:
        resolve(path, urlconf)
    except Resolver404:
        return False
    return True
