"""What allocation says in sentences."""

from collections.abc import Sequence

from londonnet.apps.caseload.services import Undone
from londonnet.apps.workload.choosing.board import PersonLine
from londonnet.platform.ui.formatting import plural, whole

Problems = list[tuple[str, str]]
"""What is wrong: the id of the field, and the words."""


def done_words(cases: int, taker: PersonLine) -> str:
    """What was done, and what it changed; no case is named, for messages may travel in a cookie."""
    done = f"{plural(cases, 'case')} {'is' if cases == 1 else 'are'} allocated to {taker.who.name}."
    now, after = taker.effect.capacity_now, taker.effect.capacity_after
    if now is None or after is None:
        return f"{done} They have no capacity to measure it against."
    return f"{done} Their capacity goes from {whole(now)}% to {whole(after)}%."


def moved_words(moved: Sequence[str], *, any_left: bool) -> str:
    """That somebody else was quicker, and what can be done now."""
    which = f"Case {moved[0]} was" if len(moved) == 1 else f"{len(moved)} of the cases were"
    rest = " Go on with the others, or choose anew." if any_left else ""
    return f"{which} moved by somebody else while you chose. Nothing was changed.{rest}"


def undone_words(undone: Undone) -> str:
    """What taking back did."""
    left = f" {plural(len(undone.left), 'case')} had moved on and stayed." if undone.left else ""
    struck = "Undone: it isn't a difference with the national record any more."
    return (f"Undone: {plural(undone.moved_back, 'case')} went back." if undone.moved_back else struck) + left


def spread_words(cases: int, people: int) -> str:
    """How many cases went to how many people."""
    are = "is" if cases == 1 else "are"
    return f"{plural(cases, 'case')} {are} spread over {plural(people, 'person', 'people')}."
