"""What allocation says in sentences."""

from londonnet.platform.ui.formatting import plural, whole

from .board import PersonLine


def done_words(cases: int, taker: PersonLine) -> str:
    """What was done, and what it changed; no case is named, for messages travel in a cookie."""
    done = f"{plural(cases, 'case')} {'is' if cases == 1 else 'are'} allocated to {taker.who.name}."
    now, after = taker.effect.capacity_now, taker.effect.capacity_after
    if now is None or after is None:
        return f"{done} They have no capacity to measure it against."
    return f"{done} Their capacity goes from {whole(now)}% to {whole(after)}%."
