"""Where the pages of the Workload Management Tool are."""

from datetime import date
from urllib.parse import quote, urlencode
from uuid import UUID

START = "/workload"
TRUST = "/workload/trust"
MINE = "/workload/mine"
PEOPLE = "/workload/people"
WEIGHTS = "/workload/weights"
TRY_WEIGHTS = f"{WEIGHTS}/try"
MISTAKES = "/workload/mistakes"
ALLOCATION = "/workload/allocation"
EXCESSIVE = "/workload/excessive"
ALLOCATION_CHOOSE = f"{ALLOCATION}/choose"

COUNTED = (("omic", "no"),)
"""What narrows a list of cases to those that counts take in: offender management in custody stands apart."""
SCORED = (("active", "yes"), *COUNTED)
"""What narrows it to those that points are held for."""


def place(level: str, code: str = "") -> str:
    """The overview of the trust, a region, a PDU or a team.

    Args:
        level: trust, region, pdu or team.
        code: its code; not needed for the trust.
    """
    return TRUST if level == "trust" else f"{START}/{level}/{quote(code, safe='')}"


def practitioner(om_key: str, team_code: str = "") -> str:
    """A practitioner's working in one team, or the list of the teams that they are in."""
    whole = f"{START}/practitioner/{quote(om_key, safe='')}"
    return f"{whole}/{quote(team_code, safe='')}" if team_code else whole


def people(level: str, code: str = "", band: str = "") -> str:
    """The list of practitioners in a place, maybe only those in one band."""
    within = "trust" if level == "trust" else f"{level}:{code}"
    asked = {"within": within} | ({"band": band} if band else {})
    return f"{PEOPLE}?{urlencode(asked, safe=':')}"


def as_at(url: str, day: date | None) -> str:
    """The same page as it was on a kept day; as it is now where that is None."""
    return url if day is None else f"{url}{'&' if '?' in url else '?'}as_at={day.isoformat()}"


def cases_in(level: str, code: str) -> str:
    """The list of the cases of a region, PDU or team, or of the whole trust."""
    return f"/cases?{urlencode({level: 'all' if level == 'trust' else code})}"


def cases(om_key: str, team_code: str) -> str:
    """The list of the cases of a practitioner in a team, or in all of theirs where none is named."""
    return f"/cases?{urlencode({'practitioner': om_key} | ({'team': team_code} if team_code else {}))}"


def scored_cases(cases: str) -> str:
    """A list of cases without those that nothing is scored for: what figures count."""
    return f"{cases}&{urlencode(SCORED)}"


def try_weights(level: str, code: str = "") -> str:
    """Where weights are tried on a region, PDU or team; from the trust's page, on the place that was looked at last."""
    return TRY_WEIGHTS if level == "trust" else f"{TRY_WEIGHTS}?{urlencode({'within': f'{level}:{code}'}, safe=':')}"


def weight_version(number: int) -> str:
    """One version of the weights."""
    return f"{WEIGHTS}/{number}"


def weight_draft(identifier: object) -> str:
    """A draft of weights: its link."""
    return f"{WEIGHTS}/draft/{identifier}"


def weight_proposal(number: int) -> str:
    """Weights that somebody wants adopted."""
    return f"{WEIGHTS}/proposal/{number}"


def mine(team_code: str) -> str:
    """My own workload in one of my teams."""
    return f"{MINE}?{urlencode({'team': team_code})}"


def report_mistake(team_code: str, line: str) -> str:
    """Where I say what is wrong with a line of my own working, by its key."""
    return f"{MINE}/mistake?{urlencode({'team': team_code, 'line': line})}"


REDUCTIONS = "/workload/reductions"
STAFFING_FILES = "/workload/staffing-files"
HISTORY_FILES = "/workload/history-files"
STAYED_BEHIND = "/workload/stayed-behind"
REASONS = "/workload/reasons"


def reductions(level: str, code: str = "", status: str = "") -> str:
    """The list of the reductions of a place, or of a practitioner, maybe only those of one status."""
    asked = {"within": "trust" if level == "trust" else f"{level}:{code}"} | ({"status": status} if status else {})
    return f"{REDUCTIONS}?{urlencode(asked, safe=':')}"


def reduction(number: int, do: str = "") -> str:
    """The page of a reduction, or what is done there: change, end, delete, put-back."""
    return f"{REDUCTIONS}/{number}/{do}" if do else f"{REDUCTIONS}/{number}"


def add_reduction(om_key: str = "", team_code: str = "") -> str:
    """The form for a new reduction, of somebody or with somebody to choose."""
    return f"{REDUCTIONS}/add?{urlencode({'who': f'{om_key}/{team_code}'})}" if om_key else f"{REDUCTIONS}/add"


def hours(om_key: str, team_code: str) -> str:
    """The contracted hours of a practitioner-in-team."""
    return f"{practitioner(om_key, team_code)}/hours"


def reason(number: int) -> str:
    """What one reason for reductions allows."""
    return f"{REASONS}/{number}"


def staffing_file(number: int, what: str = "") -> str:
    """The report of a file of hours or reductions, or its quarantine."""
    return f"{STAFFING_FILES}/{number}/{what}" if what else f"{STAFFING_FILES}/{number}"


def history_file(number: int, what: str = "") -> str:
    """The report of a file of another tool's history, or its quarantine."""
    return f"{HISTORY_FILES}/{number}/{what}" if what else f"{HISTORY_FILES}/{number}"


def history(level: str, code: str = "", team_code: str = "") -> str:
    """Capacity over time, of a place or of a practitioner in a team."""
    return f"{practitioner(code, team_code) if level == 'practitioner' else place(level, code)}/history"


def excessive(level: str, code: str = "", **asked: str) -> str:
    """Who in a place has been above a threshold for weeks; `asked` are weeks, threshold, from, to, by and lasting."""
    within = "trust" if level == "trust" else f"{level}:{code}"
    return f"{EXCESSIVE}?{urlencode({'within': within} | asked, safe=':')}"


def allocation(page: str = "", within: str = "") -> str:
    """The pages of allocation: cases that nobody has, "differences" or "history", maybe of one place only.

    Args:
        page: which of them; empty for the first.
        within: a place as `team:CODE`; empty for all that the reader answers for.
    """
    whole = f"{ALLOCATION}/{page}" if page else ALLOCATION
    return f"{whole}?{urlencode({'within': within}, safe=':')}" if within else whole


def allocation_choice(key: str) -> str:
    """Choosing who gets the cases that were ticked; they are kept under this key."""
    return f"{ALLOCATION_CHOOSE}/{quote(key, safe='')}"


def allocation_batch(batch: UUID) -> str:
    """What was moved together, and how to undo it."""
    return f"{ALLOCATION}/moved/{batch}"


def allocation_spread(key: str) -> str:
    """Spreading the cases that were ticked over several people."""
    return f"{ALLOCATION}/spread/{quote(key, safe='')}"


def reallocation(om_key: str, team_code: str) -> str:
    """Giving somebody's cases to others."""
    return f"{ALLOCATION}/from/{quote(om_key, safe='')}/{quote(team_code, safe='')}"
