"""What looks wrong in the record of somebody's cases, and how it is put right: pure words over counts."""

from collections.abc import Iterator
from dataclasses import dataclass

from londonnet.platform.ui.formatting import plural


@dataclass(frozen=True, slots=True)
class RecordCounts:
    """What a look at somebody's cases and contacts found.

    Attributes:
        untiered: cases without a tier.
        overdue: cases flagged as overdue for termination.
        warrants: cases flagged as on warrant.
        unknown_codes: contact codes of the last 7 days that the weights don't know, with the number of contacts.
        is_incomplete: a row about them is in the quarantine of the load.
    """

    untiered: int
    overdue: int
    warrants: int
    unknown_codes: tuple[tuple[str, int], ...]
    is_incomplete: bool = False


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """Something that looks wrong.

    Attributes:
        key: its name in addresses.
        found: what was found, in one sentence.
        means: what it does to the figure.
        put_right: who puts it right, and how.
        cases_query: what narrows the list of cases to those concerned; empty where it isn't about cases.
    """

    key: str
    found: str
    means: str
    put_right: str
    cases_query: tuple[tuple[str, str], ...] = ()


def record_checks(counts: RecordCounts) -> tuple[RecordCheck, ...]:
    """What looks wrong, the most likely to change a figure first; empty where nothing does."""
    return tuple(_found(counts))


def _found(counts: RecordCounts) -> Iterator[RecordCheck]:
    if counts.untiered:
        yield RecordCheck(
            "no-tier",
            f"{plural(counts.untiered, 'case has', 'cases have')} no tier.",
            "Cases without a tier are counted and not scored: your points are too low until they have one.",
            "Complete the assessment in the national case system; the tier comes with the next night’s extract.",
            (("tier", "no tier"),),
        )
    if counts.overdue:
        yield RecordCheck(
            "overdue",
            f"{plural(counts.overdue, 'case is', 'cases are')} flagged as overdue for termination.",
            "Inactive cases aren’t scored. If you still supervise them, your points are too low.",
            "Terminate the event in the national case system, or put its expected end date right.",
            (("flag", "overdue"),),
        )
    if counts.warrants:
        yield RecordCheck(
            "warrants",
            f"{plural(counts.warrants, 'case is', 'cases are')} flagged as on warrant.",
            "Cases on warrant aren’t scored. If the warrant was executed or withdrawn, your points are too low.",
            "Record the outcome of the warrant in the national case system.",
            (("flag", "warrant"),),
        )
    if counts.unknown_codes:
        yield _unknown_codes(counts.unknown_codes)
    if counts.is_incomplete:
        yield RecordCheck(
            "quarantine",
            "A row about you in the last extract couldn’t be read and was held back.",
            "Cases or reports may be missing from your figure.",
            "Whoever looks after the extract can mend it. Report it here if it stays.",
        )


def _unknown_codes(codes: tuple[tuple[str, int], ...]) -> RecordCheck:
    contacts = sum(number for _, number in codes)
    named = ", ".join(code for code, _ in codes)
    return RecordCheck(
        "contact-codes",
        f"{plural(contacts, 'support contact has', 'support contacts have')} a code without points: {named}.",
        "Contacts with such a code move no points, to you or from you.",
        "Check the code of the contact in the national case system. If it is right, report it: weights can be added.",
    )
