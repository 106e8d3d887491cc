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
OVER_THE_BAND: Final = NoticeKind(
    "workload.over_110",
    "Somebody comes above 110%",
    "When you, or somebody whose manager you are, come above 110%: once a day about the same person at most.",
    permission="workload.view",
)
FOUR_WEEKS_OVER: Final = NoticeKind(
    "workload.four_weeks_over",
    "Somebody has been above 110% for four weeks",
    "When the fourth week in a row above 110% is full, for you or for somebody whose manager you are.",
    permission="workload.view",
)
REDUCTION_EXPIRING: Final = NoticeKind(
    "workload.reduction_expiring",
    "A reduction ends soon",
    "When a reduction of yours, or of somebody whose manager you are, ends within 30 days, and again within 7.",
    permission="workload.reductions",
)

CASE_ALLOCATED: Final = NoticeKind(
    "workload.case_allocated",
    "Case allocated to me",
    "When somebody gives you a case, or takes that back.",
    permission="workload.view",
    default_channels=("product", "email"),
)
CASES_MOVED: Final = NoticeKind(
    "workload.cases_moved",
    "Cases moved in my teams",
    "When somebody else moves cases to or from a team that you manage.",
    permission="workload.allocate",
)

WEIGHTS_PROPOSED: Final = NoticeKind(
    "workload.weights_proposed",
    "New weights are proposed or decided on",
    "When somebody proposes weights that you may approve, or decides on those that you proposed.",
    permission="workload.weights",
)

KINDS: Final = (
    OVER_THE_BAND,
    FOUR_WEEKS_OVER,
    REDUCTION_EXPIRING,
    MISTAKE_REPORTED,
    MISTAKE_ANSWERED,
    CASE_ALLOCATED,
    CASES_MOVED,
    WEIGHTS_PROPOSED,
)
