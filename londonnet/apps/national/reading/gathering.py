"""What the sheets give, gathered one by one in the layout's order, so that only one sheet is in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from ..layout import CASE_LIST_SHEET, IDENTITY_SHEETS, SHEETS, WORKLOAD_SHEETS
from .caseload import CaseSheet, read_case_sheet
from .cells import ROW
from .contacts import ContactSheet, read_contacts, read_t2a_events
from .organisation import organisation_notes, placed
from .practitioners import KEY, PractitionerSheet, read_court_reports, read_workload_sheet
from .reading import Note, Organisation, WorkbookReading
from .sheets import SheetText
from .sifting import Sifted
from .whole_file import day_of_file, whole_file_reasons


@dataclass
class Gathering:
    """The sheets read so far; `take` each in the layout's order, then ask for `reasons` and the `reading`."""

    notes: list[Note] = field(default_factory=list)
    practitioners: dict[str, PractitionerSheet] = field(default_factory=dict)
    caseload: dict[str, CaseSheet] = field(default_factory=dict)
    contacts: dict[str, ContactSheet] = field(default_factory=dict)
    organisation: Organisation | None = None
    people: pl.DataFrame = field(default_factory=pl.DataFrame)

    def take(self, sheet: SheetText) -> None:
        """Sort one sheet's rows and keep what they say."""
        if sheet.unknown:
            names = ", ".join(sheet.unknown)
            self.notes.append(Note("unknown-columns", f"The sheet {sheet.name} has unknown columns, ignored: {names}."))
        if sheet.name in IDENTITY_SHEETS:
            self._take_practitioners(sheet)
        elif sheet.name in ("cms", "t2a_detail"):
            self._take_contacts(sheet)
        else:
            self._take_cases(sheet)

    def _take_practitioners(self, sheet: SheetText) -> None:
        read = read_workload_sheet if sheet.name in WORKLOAD_SHEETS else read_court_reports
        self.practitioners[sheet.name] = read(sheet)
        if sheet.name == IDENTITY_SHEETS[-1]:
            rows = pl.concat([one.identities for one in self.practitioners.values()])
            self.organisation, self.people = placed(rows)
            self.notes += organisation_notes(rows)

    def _take_cases(self, sheet: SheetText) -> None:
        cases = None if sheet.name == CASE_LIST_SHEET else self.caseload[CASE_LIST_SHEET].rows.select("crn")
        self.caseload[sheet.name] = read_case_sheet(sheet, self.people.select(KEY), cases)
        self.notes += self.caseload[sheet.name].notes

    def _take_contacts(self, sheet: SheetText) -> None:
        known = self.people.select(KEY)
        self.contacts[sheet.name] = read_contacts(sheet, known) if sheet.name == "cms" else read_t2a_events(sheet)
        self.notes += self.contacts[sheet.name].notes

    def _days(self) -> pl.DataFrame:
        return pl.concat([sheet.days for sheet in self.practitioners.values()])

    def judged(self) -> tuple[date | None, list[str]]:
        """The file's day, and why the file as a whole is refused, if it is; notes on the day are kept."""
        days = self._days()
        day, notes = day_of_file(days)
        self.notes += notes
        compared = ("t2a", "wmt_extract_filtered")
        totals = {name: int(self.practitioners[name].counts["count"].sum()) for name in compared}
        rows = sum(self.practitioners[name].sifted.tally.read for name in compared)
        return day, whole_file_reasons(day, days, totals, has_rows=rows > 0)

    def _sifted(self) -> Iterator[tuple[str, Sifted]]:
        for name in SHEETS:
            kept = self.practitioners.get(name) or self.caseload.get(name) or self.contacts[name]
            yield name, kept.sifted

    def reading(self, *, digest: str, source_digest: str, day: date, seconds: float) -> WorkbookReading:
        """Everything gathered; every sheet must have been taken."""
        assert self.organisation is not None  # noqa: S101 - set with the last identity sheet, before any reading
        sifted = dict(self._sifted())
        return WorkbookReading(
            digest=digest,
            source_digest=source_digest,
            datestamp=day,
            seconds=seconds,
            sheets={name: one.tally for name, one in sifted.items()},
            quarantine=_quarantine(sifted),
            quarantined_text={name: one.text for name, one in sifted.items() if one.tally.quarantined},
            notes=tuple(self.notes),
            organisation=self.organisation,
            identities=self.people,
            counts={name: self.practitioners[name].counts for name in WORKLOAD_SHEETS},
            first_weeks=pl.concat([self.practitioners[name].figures for name in WORKLOAD_SHEETS]),
            court_reports=self.practitioners["court_reports"].figures,
            cases=self.caseload[CASE_LIST_SHEET].rows,
            flags=pl.concat([one.flags for one in self.caseload.values()]),
            suspended=self.caseload["wmt_extract_sa"].rows,
            lifers=self.caseload["suspended_lifers"].rows,
            contacts=self.contacts["cms"].rows,
            t2a_events=self.contacts["t2a_detail"].rows,
        )


def _quarantine(sifted: dict[str, Sifted]) -> pl.DataFrame:
    named = [one.quarantined.select(pl.lit(name).alias("sheet"), pl.all()) for name, one in sifted.items()]
    return pl.concat(named).select("sheet", ROW, "column", "value", "reason")
