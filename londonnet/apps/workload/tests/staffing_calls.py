"""Calls about hours and reductions as a program sends them, and what they answer."""

from typing import Any, Final

from django.test import Client
from django.utils import timezone

from londonnet.apps.workload.models import Reduction
from londonnet.platform.trusts import Trust, trust_scope

BASE: Final = "/api/workload/"
HOURS: Final = "practitioners/N07A002/N07T01/hours"
TODAY: Final = timezone.localdate()


def sent(browser: Client, method: str, noun: str, given: Any = None, *, status: int = 200) -> Any:
    """What an operation answers, and with the status that is expected."""
    answer = getattr(browser, method)(BASE + noun, {} if given is None else given, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def asked(browser: Client, noun: str, **given: Any) -> Any:
    """What an operation that reads answers."""
    answer = browser.get(BASE + noun, given)
    assert answer.status_code == 200, answer.content
    return answer.json()


def of_alices(loaded: Trust) -> int:
    """The number of Alice's reduction, which is a personal one."""
    with trust_scope(loaded):
        return Reduction.objects.get(place__practitioner__om_key="N07A001").pk
