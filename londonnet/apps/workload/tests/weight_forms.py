"""What the editor of weights sends, and what is said to it."""

import re
from typing import Any, Final

from londonnet.apps.workload.selectors import weights_in_force
from londonnet.apps.workload.weight_entries import texts_of
from londonnet.platform.trusts import Trust, trust_scope

TRY: Final = "/workload/weights/try"
HEAVIER: Final = "cases.community.b2"
"""The cell that all cases of these tests stand in: 115 points; with 150, twenty cases of it pass 110%."""


def typed(trust: Trust, **changed: str) -> dict[str, str]:
    """What the editor sends: every number, some of them changed."""
    with trust_scope(trust):
        return texts_of(weights_in_force()) | {path.replace("__", "."): text for path, text in changed.items()}


def heavier(trust: Trust, **more: str) -> dict[str, str]:
    """The editor with one weight changed."""
    return typed(trust, **{HEAVIER: "150"}) | more


def page_of(answer: Any) -> str:
    """What an answer says, with spaces made one."""
    return re.sub(r"\s+", " ", answer.content.decode())
