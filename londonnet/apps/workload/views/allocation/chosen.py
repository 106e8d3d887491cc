"""Cases that were ticked, kept in the session: no address names a case."""

import re
from collections.abc import Sequence
from secrets import token_urlsafe
from typing import Final

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from londonnet.platform.errors import NotAllowed

_KEPT: Final = "workload_chosen_cases"
_MOST_CHOICES: Final = 20
MOST_CASES: Final = 500
_CRN: Final = re.compile(r"[A-Za-z0-9]{1,20}")


def ticked(request: HttpRequest) -> list[str]:
    """The cases that a list's form sends: one by its own button (`only`), else those that are ticked (`case`)."""
    given = request.POST.getlist("only") or request.POST.getlist("case")
    return list(dict.fromkeys(crn for crn in given if _CRN.fullmatch(crn)))[:MOST_CASES]


def keep(request: HttpRequest, crns: Sequence[str]) -> str:
    """Keep a choice of cases; the key that finds it again in this session."""
    choices = dict(request.session.get(_KEPT, {}))
    key = next((key for key, kept in choices.items() if kept == list(crns)), "") or token_urlsafe(9)
    choices.pop(key, None)
    choices[key] = list(crns)
    request.session[_KEPT] = dict(list(choices.items())[-_MOST_CHOICES:])
    return key


def kept(request: HttpRequest, key: str) -> list[str]:
    """The cases of a choice.

    Raises:
        NotAllowed: nothing was chosen under this key in this session.
    """
    found = request.session.get(_KEPT, {}).get(key)
    if not found:
        raise NotAllowed
    return list(found)


def back_to(request: HttpRequest, usual: str) -> str:
    """The page of this site that a form was sent from, or the usual one."""
    back = request.POST.get("back", "")
    return back if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else usual
