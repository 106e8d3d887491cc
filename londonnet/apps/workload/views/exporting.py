"""What exports of this application say about themselves."""

from londonnet.apps.workload.selectors import FiguresInForce, Within
from londonnet.platform.ui.formatting import date, datetime


def as_at_words(figures: FiguresInForce) -> str:
    """When the figures were true, from which extract and with which weights: what pages say below a table."""
    moment = date(figures.kept_day) if figures.kept_day else datetime(figures.computed_at)
    if not figures.weights_version:
        return f"As at {moment} from another tool"
    extract = f"the national extract of {date(figures.datestamp)}"
    return f"As at {moment} from {extract}, weights version {figures.weights_version}"


def as_at_notes(figures: FiguresInForce | None) -> tuple[str, ...]:
    """The same as a note, where a list is about more days than one."""
    return () if figures is None else (as_at_words(figures),)


def of_words(within: Within) -> str:
    """How the trail names whose list it was: "pdu:N07P1"."""
    return f"{within.level}:{within.code}" if within.code else within.level
