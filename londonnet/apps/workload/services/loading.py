"""What loading hours and loading reductions have in common."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Final, Protocol, TypeVar

from django.db import connection

from londonnet.apps.organisation.unallocated import is_unallocated
from londonnet.apps.workload.csv_lines import QuarantinedRow
from londonnet.apps.workload.csv_rows import ParsedRows
from londonnet.apps.workload.models import StaffingLoad
from londonnet.platform.access.policy import EVERYTHING, Place, Reach
from londonnet.platform.audit import Event, current_actor, record

from .recompute import recompute


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of a file: the lines read are those loaded, quarantined and ignored together.

    Attributes:
        unchanged: nothing was changed: every good line stood already, or there was none.
        read: lines, the heading and blank ones not counted.
        loaded: lines taken.
        quarantined: lines not taken, because something is wrong with them.
        ignored: lines that stood already.
        problems: everything that is wrong; a line with two bad cells stands here twice.
        ignored_columns: columns that nobody asked for.
    """

    unchanged: bool
    read: int
    loaded: int
    quarantined: int
    ignored: int
    problems: tuple[QuarantinedRow, ...] = ()
    ignored_columns: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """The report in one sentence."""
        counts = (
            f"{self.read:,} read, {self.loaded:,} loaded, {self.quarantined:,} quarantined, {self.ignored:,} ignored"
        )
        return f"Nothing was changed: {counts}." if self.unchanged else f"Loaded: {counts}."

    def as_json(self) -> dict[str, object]:
        """The report as `londonnet workload hours load --json` prints it."""
        return {
            "unchanged": self.unchanged,
            "rows": {
                "read": self.read,
                "loaded": self.loaded,
                "quarantined": self.quarantined,
                "ignored": self.ignored,
            },
            "quarantined": [asdict(problem) for problem in self.problems],
            "ignored_columns": list(self.ignored_columns),
        }


class RowOfSomebody(Protocol):
    """A row of a file that names a practitioner-in-team."""

    @property
    def line(self) -> int: ...
    @property
    def om_key(self) -> str: ...
    @property
    def team_code(self) -> str: ...


Row = TypeVar("Row", bound=RowOfSomebody)


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A practitioner-in-team that a file may speak of, and whether the sender may know their personal reasons."""

    place_id: int
    grade: str
    sees_personal: bool = True


@dataclass(frozen=True, slots=True)
class KnownPlaces:
    """The practitioners-in-team that a file may speak of, and the keys of everyone in those teams."""

    places: dict[tuple[str, str], KnownPlace]

    def of(self, row: RowOfSomebody) -> KnownPlace | None:
        """The one that a row names."""
        return self.places.get((row.om_key, row.team_code))

    def sort_out(self, rows: Iterable[Row]) -> tuple[list[tuple[Row, KnownPlace]], list[QuarantinedRow]]:
        """Rows with the practitioner-in-team that they name, and the others with what is wrong."""
        known: list[tuple[Row, KnownPlace]] = []
        unknown: list[QuarantinedRow] = []
        keys = {om_key for om_key, _ in self.places}
        for row in rows:
            place = self.of(row)
            if place is None:
                unknown.append(_unknown(row, keys))
            else:
                known.append((row, place))
        return known, unknown


_PLACES: Final = """
SELECT practitioner.om_key, team.code, pdu.code, region.code, place.id, place.grade
FROM organisation_practitioner practitioner
JOIN organisation_practitionerinteam place ON place.practitioner_id = practitioner.id
JOIN organisation_team team ON team.id = place.team_id
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
JOIN organisation_region region ON region.id = pdu.region_id
WHERE practitioner.om_key = ANY(%s)
"""


def known_places(rows: Iterable[RowOfSomebody], reach: Reach, personal: Reach = EVERYTHING) -> KnownPlaces:
    """The practitioners-in-team that these rows name, as far as whoever sends the file may change them. One query.

    A post for cases that nobody has isn't one: it has no hours.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [sorted({row.om_key for row in rows})])
        found = cursor.fetchall()
    return KnownPlaces(
        {
            (om_key, team): KnownPlace(place_id, grade, personal.covers(Place(om_key, team, pdu, region)))
            for om_key, team, pdu, region, place_id, grade in found
            if reach.covers(Place(om_key, team, pdu, region)) and not is_unallocated(om_key)
        }
    )


def report_of(
    parsed: ParsedRows[Row], problems: Sequence[QuarantinedRow], *, loaded: int, ignored: int, unchanged: bool
) -> LoadReport:
    """The report of a file, with what is wrong in the order of its lines."""
    every = sorted((*parsed.quarantined, *problems), key=lambda problem: problem.line)
    return LoadReport(
        unchanged=unchanged,
        read=parsed.read,
        loaded=loaded,
        quarantined=len({problem.line for problem in every}),
        ignored=ignored,
        problems=tuple(every),
        ignored_columns=parsed.ignored_columns,
    )


def begin(kind: StaffingLoad.Kind, report: LoadReport) -> StaffingLoad:
    """The load that rows will name as the one that brought or superseded them."""
    return StaffingLoad.objects.create(
        kind=kind,
        read=report.read,
        loaded=report.loaded,
        quarantined=report.quarantined,
        ignored=report.ignored,
        done_by=current_actor().name[:200],
    )


def by_hand(kind: StaffingLoad.Kind, act: StaffingLoad.Act, why: str = "") -> StaffingLoad:
    """What somebody does by hand: rows name it as what brought or superseded them, as they name a file."""
    return StaffingLoad.objects.create(
        kind=kind, act=act, why=why, done_by=current_actor().name[:200], read=0, loaded=0, quarantined=0, ignored=0
    )


def finish(load: StaffingLoad) -> None:
    """Record the load, and have the figures follow."""
    counts = {"read": load.read, "loaded": load.loaded, "quarantined": load.quarantined, "ignored": load.ignored}
    record(Event(f"workload.{load.kind}_loaded", subject_type="load", subject_id=str(load.pk), after=counts))
    recompute(reason=f"{load.get_kind_display()} were loaded")


def _unknown(row: RowOfSomebody, keys: Collection[str]) -> QuarantinedRow:
    if row.om_key in keys:
        return QuarantinedRow(row.line, "team_code", row.team_code, f"{row.om_key} is not in this team")
    return QuarantinedRow(row.line, "om_key", row.om_key, "no practitioner of yours has this key")
