"""Case-management support: points that move from who manages a case to the colleague who did a contact on it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from londonnet.apps.workload.weights import WeightSet

SUPPORT_DAYS: Final = 7
"""How many days a contact counts: its own date and the six days after it."""


class PractitionerKey(NamedTuple):
    """A practitioner-in-team: the same person in two teams is two of them."""

    om_key: str
    team_code: str


@dataclass(frozen=True, slots=True)
class SupportContact:
    """One contact on somebody's case: when, of which type, who did it and who manages the case."""

    contact_date: date
    code: str
    done_by: PractitionerKey
    managed_by: PractitionerKey


@dataclass(frozen=True, slots=True)
class Support:
    """What the contacts move.

    Attributes:
        done: points gained, by who did the contacts.
        received: points given away, by who manages the cases. In all, as many as were gained.
        without_entry: contact codes that the weights don't know, and how many contacts have them: they count 0
            and belong in the report of the load.
    """

    done: Mapping[PractitionerKey, int]
    received: Mapping[PractitionerKey, int]
    without_entry: Mapping[str, int]

    def net(self, key: PractitionerKey) -> int:
        """The support points of one practitioner-in-team: what they gained less what they gave away."""
        return self.done.get(key, 0) - self.received.get(key, 0)


def support(contacts: Iterable[SupportContact], *, datestamp: date, weights: WeightSet) -> Support:
    """What these contacts move on the day of the extract.

    Args:
        contacts: all contacts of the extract, whatever their date.
        datestamp: the extract's own day, from which the last 7 days are counted.
        weights: the version whose points per contact code hold.
    """
    done: Counter[PractitionerKey] = Counter()
    received: Counter[PractitionerKey] = Counter()
    without_entry: Counter[str] = Counter()
    for contact in contacts:
        if contact.code not in weights.support:
            without_entry[contact.code] += 1
        elif moves_points(contact, datestamp):
            done[contact.done_by] += weights.support[contact.code]
            received[contact.managed_by] += weights.support[contact.code]
    return Support(dict(done), dict(received), dict(without_entry))


def moves_points(contact: SupportContact, datestamp: date) -> bool:
    """Whether a contact moves points on this day.

    It does on its own date and the six days after it, unless the same person did the contact and manages the
    case, in whatever team. A contact dated after the datestamp doesn't count yet.
    """
    age_days = (datestamp - contact.contact_date).days
    return 0 <= age_days < SUPPORT_DAYS and contact.done_by.om_key != contact.managed_by.om_key
