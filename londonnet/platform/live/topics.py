"""Which topics a user may listen to."""

import re
from collections.abc import Iterable

from londonnet.platform.access.models import User
from londonnet.platform.registry import TopicRule, enabled

MOST_TOPICS = 100  # of one connection, which all tabs of a browser share
_TOPIC = re.compile(r"[a-z][a-z0-9_]*:[a-z][a-z0-9_]*:[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")


def granted(user: User, topics: Iterable[str]) -> frozenset[str]:
    """Those of the topics that the user may listen to, by the rules of the applications that are switched on.

    A topic is ``application:level:code``; ``application:*`` reaches many and is for sending only.
    """
    rules = {rule.app: rule for manifest in enabled() for rule in manifest.hooks.live_topics()}
    return frozenset(topic for topic in topics if _may_listen(user, topic, rules))


def _may_listen(user: User, topic: str, rules: dict[str, TopicRule]) -> bool:
    rule = rules.get(topic.partition(":")[0])
    return rule is not None and _TOPIC.fullmatch(topic) is not None and rule.may(user, topic)
