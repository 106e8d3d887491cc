"""What pages and programs read: frozen rows, one for each practitioner-in-team or organisation."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from londonnet.apps.organisation.unallocated import is_unallocated
from londonnet.apps.workload.capacity import Note
from londonnet.apps.workload.hours import ReductionStatus
from londonnet.apps.workload.points import Points
from londonnet.apps.workload.record_checks import RecordCounts
from londonnet.apps.workload.tiers import Counts
from londonnet.apps.workload.working import Working

OrganisationLevel = Literal["trust", "region", "pdu", "team"]
Level = Literal["trust", "region", "pdu", "team", "practitioner"]

ORGANISATION_LEVELS: Final[tuple[OrganisationLevel, ...]] = ("trust", "region", "pdu", "team")
LEVELS: Final[tuple[Level, ...]] = (*ORGANISATION_LEVELS, "practitioner")


@dataclass(frozen=True, slots=True)
class Within:
    """A part of the trust: everyone in one region, PDU or team, one practitioner (by om_key), or the whole trust."""

    level: Level = "trust"
    code: str = ""


EVERYWHERE: Final = Within()

Moment = int | date
"""What is read: a run, by its number, or a day that is kept."""


@dataclass(frozen=True, slots=True)
class FiguresInForce:
    """The finished run that readers see, or the figures of a day that is kept.

    Attributes:
        run_id: its number; 0 for a kept day.
        computed_at: when it was worked out.
        day: the London day whose hours and reductions count in it.
        datestamp: the day that the extract describes.
        loaded_at: when the extract was loaded.
        weights_version: the version of the weights that it was made with; 0 where it isn't known.
        snapshot_id: the extract's rows; 0 for a kept day, whose counts are gone.
        kept_day: the day, where these are the figures of a day that is kept.
    """

    run_id: int
    computed_at: datetime
    day: date
    datestamp: date
    loaded_at: datetime
    weights_version: int
    snapshot_id: int
    kept_day: date | None = None

    @property
    def moment(self) -> Moment:
        """What selectors are to read."""
        return self.kept_day or self.run_id


@dataclass(frozen=True, slots=True)
class PractitionerRow:
    """The figure of one practitioner-in-team.

    Attributes:
        points: what they hold, by where it comes from.
        contracted_hours: hours a week; None where neither they nor their grade have any.
        reduction_hours: hours a week that active reductions take off.
        available: points that they can carry.
        capacity: percent, unrounded; None where there is none, and `capacity_note` says why.
        is_incomplete: a scored row about them stands in the quarantine of the load.
    """

    om_key: str
    name: str
    team_code: str
    team_name: str
    pdu_code: str
    region_code: str
    grade: str
    cases: int
    t2a_cases: int
    points: Points
    contracted_hours: Decimal | None
    reduction_hours: Decimal
    available: int
    capacity: float | None
    capacity_note: Note | None
    is_incomplete: bool
    weights_version: int

    @property
    def is_nobody(self) -> bool:
        """Whether this is a post for cases that nobody has."""
        return is_unallocated(self.om_key)


@dataclass(frozen=True, slots=True)
class Unallocated:
    """What waits in a place for somebody to be given it: posts that stand for nobody, their cases and points."""

    posts: int = 0
    cases: int = 0
    points: int = 0


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """The figure of everyone in a team, PDU, region or trust.

    Attributes:
        practitioners: how many practitioners-in-team have a figure; posts for unallocated cases have one too.
        points_not_measured: points, within the total, of whoever has nothing available, such posts among them.
        points_of_people_not_measured: the same of people only.
        practitioners_not_measured: how many people those are.
        practitioners_incomplete: how many have a scored row in the quarantine of the load.
        available: points that all of them together can carry.
        capacity: percent, unrounded, the ratio of the sums; None where there is none, with a note.
        contracted_hours: hours a week of all of them together, as far as they or their grades have any.
        reduction_hours: hours a week that active reductions take off.
        above: how many people stand above the band.
        below: how many stand below it.
        none_left: how many of those with nothing available have reductions that take all their hours.
        unallocated: what posts hold that stand for nobody; it is in the totals.
    """

    code: str
    name: str
    level: OrganisationLevel
    practitioners: int
    cases: int
    t2a_cases: int
    points: Points
    points_not_measured: int
    points_of_people_not_measured: int
    practitioners_not_measured: int
    practitioners_incomplete: int
    available: int
    capacity: float | None
    capacity_note: Note | None
    contracted_hours: Decimal
    reduction_hours: Decimal
    above: int
    below: int
    none_left: int
    unallocated: Unallocated

    @property
    def people(self) -> int:
        """How many practitioners-in-team it has; a post for unallocated cases is nobody."""
        return self.practitioners - self.unallocated.posts


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """One step of the way from the trust down to a place or a practitioner: for breadcrumbs."""

    level: Level
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class HoursPeriod:
    """Contracted hours a week from a first day to a last one; `holds` says whether they count in the figures."""

    hours: Decimal
    first_day: date
    last_day: date | None
    holds: bool


@dataclass(frozen=True, slots=True)
class ReductionPeriod:
    """A reduction; `counts` says whether it takes hours off in the figures, `kind` is personal, learning or work.

    `number` is that of its page.
    """

    reason: str
    kind: str
    hours: Decimal
    first_day: date
    last_day: date | None
    status: ReductionStatus
    counts: bool
    notes: str
    number: int


@dataclass(frozen=True, slots=True)
class SupportLine:
    """A case-management contact of the last 7 days that moves points to or from one practitioner-in-team.

    Attributes:
        points: what it moves for them: above 0 where they did the contact, below 0 where a colleague did.
        colleague: who did it or who manages the case, whichever they are not.
    """

    contact_date: date
    code: str
    description: str
    colleague: str
    points: int


@dataclass(frozen=True, slots=True)
class ShownOnly:
    """What is shown beside the points and never scored.

    Attributes:
        reports_due: standard delivery reports due in the next 30 days.
        oral_reports: oral reports.
        community_first_16_weeks: community cases in their first 16 weeks.
        licence_first_16_weeks: licence cases in their first 16 weeks.
    """

    reports_due: int
    oral_reports: int
    community_first_16_weeks: int
    licence_first_16_weeks: int


@dataclass(frozen=True, slots=True)
class PractitionerWorking:
    """Everything that the page of one practitioner-in-team shows.

    Attributes:
        row: their figure, as lists show it.
        working: how it comes about, line by line, with the weights of the run.
        cases: filtered counts by location and tier, untiered ones too.
        t2a: the same of transition-to-adulthood cases.
        hours: their own contracted hours, the latest period first.
        reductions: their reductions, those that count first.
        support: the contacts that move points, the latest first.
        shown_only: what isn't scored.
        record: what looks wrong in the record.
        has_omic: whether they hold cases of offender management in custody.
        figures: the run.
    """

    row: PractitionerRow
    working: Working
    cases: Counts
    t2a: Counts
    hours: tuple[HoursPeriod, ...]
    reductions: tuple[ReductionPeriod, ...]
    support: tuple[SupportLine, ...]
    shown_only: ShownOnly
    record: RecordCounts
    has_omic: bool
    figures: FiguresInForce
