"""What this application tells people, each kind in the way that they choose."""

from typing import Final

from londonnet.platform.registry import NoticeKind

MISTAKE_REPORTED: Final = NoticeKind(
    "workload.mistake_reported",
    "A mistake in a workload is reported",
    "When somebody you answer for says that a line of their figure is wrong.",
    permission="workload.answer_mistakes",
)
MISTAKE_ANSWERED: Final = NoticeKind(
    "workload.mistake_answered",
    "My report of a mistake is answered",
    "When your manager answers what you reported about your own figure.",
    permission="workload.view",
)

KINDS: Final = (MISTAKE_REPORTED, MISTAKE_ANSWERED)
