"""The live topics that a page of this application follows."""

from londonnet.apps.workload.selectors import Within
from londonnet.platform.trusts import current_trust


def topics_of(within: Within) -> str:
    """The topic of a part of the trust; the trust's own code is its slug."""
    return f"workload:{within.level}:{within.code or current_trust().slug}"
