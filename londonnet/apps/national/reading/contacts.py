"""The sheets `cms` (case-management-support contacts) and `t2a_detail` (transition-to-adulthood events)."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from ..layout import CONTACT_COLUMNS, T2A_EVENT_COLUMNS
from . import cells
from .caseload import crn_notes
from .faults import dated, needed, whole
from .reading import Note
from .sheets import SheetText
from .sifting import Sifted, readable_cells, sift, unknown_people

_CONTACT_RULES: Final = (
    needed("contact_id", "is empty: a contact needs its number"),
    needed("crn", "is empty: a contact needs the case's CRN"),
    needed("contact_date", "is empty: a contact needs its date"),
    dated("contact_date"),
    needed("contact_staff_key", "is empty: a contact needs who did it"),
    needed("contact_team_key", "is empty: a contact needs the team of who did it"),
    needed("om_key", "is empty: a contact needs who manages the case"),
    needed("om_team_key", "is empty: a contact needs the team of who manages the case"),
)
_EVENT_RULES: Final = (
    needed("crn", "is empty: an event needs the case's CRN"),
    needed("event_no", "is empty: an event needs its number"),
    dated("allocation_date"),
    dated("birth_date"),
    whole("age"),
)
_EVENT_DATES: Final = ("allocation_date", "birth_date")


@dataclass(frozen=True)
class ContactSheet:
    """One of the two sheets, sorted and typed."""

    sifted: Sifted
    rows: pl.DataFrame
    notes: tuple[Note, ...]


def read_contacts(sheet: SheetText, people: pl.DataFrame) -> ContactSheet:
    """The sheet `cms`: both who did the contact and who manages the case must be known practitioners-in-team."""
    frame = readable_cells(sheet)
    places = sheet.positions
    found = [
        unknown_people(frame, (key, team), people, places[key])
        for key, team in (("contact_staff_key", "contact_team_key"), ("om_key", "om_team_key"))
    ]
    sifted = sift(sheet, frame, rules=_CONTACT_RULES, key=("contact_id",), found=found)
    texts = [pl.col(name).fill_null("") for name in CONTACT_COLUMNS if name != "contact_date"]
    rows = sifted.good.select(*texts, cells.day(pl.col("contact_date")).alias("contact_date"))
    return ContactSheet(sifted, rows, tuple(crn_notes(sifted.good["crn"], sheet.name)))


def read_t2a_events(sheet: SheetText) -> ContactSheet:
    """The sheet `t2a_detail`; its staff need not be known."""
    frame = readable_cells(sheet)
    sifted = sift(sheet, frame, rules=_EVENT_RULES, key=("crn", "event_no"))
    texts = [pl.col(name).fill_null("") for name in T2A_EVENT_COLUMNS if name not in (*_EVENT_DATES, "age")]
    rows = sifted.good.select(
        *texts,
        *(cells.day(pl.col(name)).alias(name) for name in _EVENT_DATES),
        cells.whole_number(pl.col("age")).alias("age"),
    )
    return ContactSheet(sifted, rows, tuple(crn_notes(sifted.good["crn"], sheet.name)))
