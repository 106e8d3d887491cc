"""Reporting a mistake in one's own figure, and answering that."""

from typing import Final

from django.db import transaction
from django.utils import timezone

from londonnet.apps.organisation.models import PractitionerInTeam
from londonnet.apps.workload.errors import WorkloadError
from londonnet.apps.workload.lines_of_working import NamedLine
from londonnet.apps.workload.models import MistakeReport
from londonnet.apps.workload.notice_kinds import MISTAKE_ANSWERED, MISTAKE_REPORTED
from londonnet.apps.workload.selectors import FiguresInForce, place_of
from londonnet.platform.access.selectors import nearest_users_with, user_of_staff_key
from londonnet.platform.audit import Event, current_actor, record
from londonnet.platform.notices.services import notify

ANSWER: Final = "workload.answer_mistakes"
MOST_WORDS: Final = 4000
_ANSWERS: Final = (MistakeReport.State.PUT_RIGHT, MistakeReport.State.IS_RIGHT)


class MistakeRefused(WorkloadError):
    """A report or an answer can't be taken as it is.

    Args:
        message: what is wrong, and what to do.
        field: what it is about: the words mostly; empty where nothing that was sent is wrong.
    """

    status_code = 422

    def __init__(self, message: str, field: str = "words") -> None:
        super().__init__(message, "mistake-refused")
        self.field = field
        self.details = ({"field": field, "message": message},)


class MistakeAnswered(MistakeRefused):
    """Somebody was quicker: the report doesn't wait any more."""

    status_code = 409

    def __init__(self) -> None:
        super().__init__("This report has an answer already: look at it again.", field="")


@transaction.atomic
def report_mistake(*, om_key: str, team_code: str, line: NamedLine, words: str, figures: FiguresInForce) -> int:
    """Tell the managers of a team that a line of somebody's working is wrong; answers the number of the report.

    Args:
        om_key: whose figure; whoever calls knows that they ask for themselves.
        team_code: in which team.
        line: the line that is wrong, as it stands.
        words: what is wrong about it.
        figures: the run that the line was read from.

    Raises:
        MistakeRefused: there are no words, or too many, or the line is reported and waits for an answer.
    """
    said = _said(words, "Say what is wrong, in a sentence or two.")
    place = PractitionerInTeam.objects.get(practitioner__om_key=om_key, team__code=team_code)
    if MistakeReport.objects.filter(
        place=place, section=line.section, line=line.text[:500], state=MistakeReport.State.OPEN
    ).exists():
        message = "This line is reported and waits for an answer. Take that report back to say it anew."
        raise MistakeRefused(message, field="line")
    report = MistakeReport.objects.create(
        place=place,
        section=line.section,
        line=line.text[:500],
        day=figures.datestamp,
        weight_version=figures.weights_version,
        words=said,
        reported_by=current_actor().user_id or 0,
    )
    record(_event("workload.mistake_reported", report, om_key, team_code))
    belongs = place_of("practitioner", om_key, team_code=team_code)
    managers = nearest_users_with(ANSWER, belongs) if belongs else []
    notify(
        kind=MISTAKE_REPORTED.name,
        users=managers,
        title=f"{place.practitioner.full_name} reports a mistake in their workload",
        text=line.text[:200],
        url=f"/workload/mistakes/{report.pk}",
    )
    return report.pk


@transaction.atomic
def answer_mistake(*, report_id: int, state: str, words: str) -> None:
    """Answer a report: it was put right in the national record, or the figure is right.

    Raises:
        MistakeRefused: the answer isn't one of the two, or it has no words.
        MistakeAnswered: it has an answer already.
    """
    if state not in _ANSWERS:
        raise MistakeRefused("Choose whether it was put right or the figure is right.", field="state")
    said = _said(words, "Say what you found, so that they know.")
    report = _open(report_id)
    _end(report, MistakeReport.State(state), said)
    person = user_of_staff_key(report.place.practitioner.om_key)
    if person is not None:
        url = f"/workload/mine?team={report.place.team.code}#mistakes"
        notify(
            kind=MISTAKE_ANSWERED.name,
            users=[person],
            title="Your report of a mistake has an answer",
            text=said[:200],
            url=url,
        )


@transaction.atomic
def take_mistake_back(*, report_id: int) -> None:
    """Take one's own report back before it has an answer.

    Raises:
        MistakeAnswered: it has an answer already.
    """
    _end(_open(report_id), MistakeReport.State.TAKEN_BACK, "")


def _open(report_id: int) -> MistakeReport:
    locked = MistakeReport.objects.select_for_update(of=("self",)).select_related("place__practitioner", "place__team")
    report = locked.filter(pk=report_id, state=MistakeReport.State.OPEN).first()
    if report is None:
        raise MistakeAnswered
    return report


def _end(report: MistakeReport, state: MistakeReport.State, answer: str) -> None:
    report.state, report.answer = state, answer
    report.answered_by_name, report.answered_at = current_actor().name, timezone.now()
    report.save(update_fields=["state", "answer", "answered_by_name", "answered_at"])
    place = report.place
    record(_event("workload.mistake_answered", report, place.practitioner.om_key, place.team.code))


def _said(words: str, otherwise: str) -> str:
    said = words.strip()
    if not said:
        raise MistakeRefused(otherwise)
    if len(said) > MOST_WORDS:
        raise MistakeRefused(f"That is too long: {MOST_WORDS:,} characters are enough.")
    return said


def _event(kind: str, report: MistakeReport, om_key: str, team_code: str) -> Event:
    return Event(
        kind=kind,
        subject_type="mistake_report",
        subject_id=str(report.pk),
        after={"state": str(report.state), "om_key": om_key, "team_code": team_code, "section": report.section},
        topics=(f"workload:practitioner:{om_key}", f"workload:team:{team_code}"),
    )
