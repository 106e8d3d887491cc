"""Reads of the caseload. Pages read them inside one `snapshot()`, so that all comes from one extract."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from londonnet.apps.organisation.selectors import full_name
from londonnet.platform.access.policy import TRUST_WIDE, Place, Reach

from ..flags import FLAGS, Flag
from ..models import Case, CurrentSnapshot, Location, RosterEntry, Snapshot, T2aEvent
from ..tiers import tier_name

ROWS: Final = 50
SORTS: Final = ("crn", "tier", "location", "practitioner", "team")
_ORDERS: Final = {
    "crn": ("crn",),
    "tier": ("tier", "crn"),
    "location": ("location", "crn"),
    "practitioner": ("place__practitioner__sort_key", "place__practitioner__om_key", "crn"),
    "team": ("place__team__search_key", "place__team__code", "crn"),
}


_NOWHERE: Final = Q(crn__in=[])


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list of cases is narrowed to; None and nothing narrow nothing.

    Attributes:
        tiers: any of these.
        is_t2a: whether the extract lists an event of theirs in transition to adulthood.
        is_active: whether they are neither on warrant nor overdue for termination.
        is_omic: whether only offender management in custody names whoever holds them.
        grade: of the practitioner; "" is no grade given.
    """

    tiers: tuple[int, ...] = ()
    location: int | None = None
    flag: Flag | None = None
    is_t2a: bool | None = None
    is_active: bool | None = None
    is_omic: bool | None = None
    grade: str | None = None
    crn: str = ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list."""

    crn: str
    tier: str
    location: str
    om_key: str
    practitioner: str
    team_code: str
    team: str
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page of a list of cases."""

    rows: tuple[CaseRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a case."""

    crn: str
    om_key: str
    name: str
    team_code: str
    team: str


def current_snapshot() -> Snapshot | None:
    """The extract whose cases and counts are in force; None until one has been loaded. One query."""
    pointer = CurrentSnapshot.objects.select_related("snapshot").first()
    return pointer.snapshot if pointer else None


def cases_of(
    places: tuple[Place, ...],
    snapshot: Snapshot,
    *,
    narrowed: CaseFilter | None = None,
    sort: str = "crn",
    page: int = 1,
    all_pages: bool = False,
) -> CaseList:
    """A page of the cases that belong to any of these places, or all of them. Two queries.

    Args:
        places: where the cases belong; whoever calls has asked the access policy about each.
        snapshot: the extract whose cases they are.
        narrowed: what the list is narrowed to.
        sort: one of `SORTS`, with "-" in front for descending.
        page: from 1; beyond the last it is the last.
        all_pages: every case on one page, for exports.
    """
    cases = _of(places, snapshot, narrowed)
    total = cases.count()
    pages = 1 if all_pages else max(1, -(-total // ROWS))
    page = min(max(page, 1), pages)
    ordered = _sorted(cases, sort)
    shown = ordered if all_pages else ordered[(page - 1) * ROWS : page * ROWS]
    return CaseList(tuple(_row(*row) for row in shown), total, page, pages)


def part_of_cases(
    places: tuple[Place, ...],
    snapshot: Snapshot,
    *,
    narrowed: CaseFilter | None = None,
    sort: str = "crn",
    first: int = 0,
    size: int | None = ROWS,
) -> tuple[tuple[CaseRow, ...], int]:
    """The same for readers who don't turn pages: some of the cases, and how many there are. Two queries.

    Args:
        places: where the cases belong; whoever calls has asked the access policy about each.
        snapshot: the extract whose cases they are.
        narrowed: what the list is narrowed to.
        sort: one of `SORTS`, with "-" in front for descending.
        first: how many are left out before the first one given.
        size: how many are given at most; all if None.
    """
    cases = _of(places, snapshot, narrowed)
    shown = _sorted(cases, sort)[first : None if size is None else first + size]
    return tuple(_row(*row) for row in shown), cases.count()


def holder_of(crn: str, reached: Reach) -> Holder | None:
    """Who holds a case, if it is within reach. One query."""
    pointed = CurrentSnapshot.objects.values("snapshot_id")
    rows = Case.objects.filter(_reached(reached), snapshot_id__in=pointed, crn=crn).values_list(
        "crn",
        "place__practitioner__om_key",
        "place__practitioner__forename",
        "place__practitioner__surname",
        "place__team__code",
        "place__team__name",
    )
    found = next(iter(rows[:1]), None)
    if found is None:
        return None
    crn, om_key, forename, surname, team_code, team = found
    return Holder(crn, om_key, full_name(forename, surname, om_key), team_code, team)


def _of(places: tuple[Place, ...], snapshot: Snapshot, narrowed: CaseFilter | None) -> QuerySet[Case]:
    return _narrowed(Case.objects.filter(_within(places), snapshot=snapshot), narrowed or CaseFilter())


def _within(places: tuple[Place, ...]) -> Q:
    """Cases whose holder's place is one of these; the narrowest code of each is enough."""
    if TRUST_WIDE in places:
        return Q()
    condition = _NOWHERE
    for place in places:
        condition |= _at(place)
    return condition


def _at(place: Place) -> Q:
    if place.staff_key:
        person = Q(place__practitioner__om_key=place.staff_key)
        return person & Q(place__team__code=place.team_code) if place.team_code else person
    if place.team_code:
        return Q(place__team__code=place.team_code)
    if place.pdu_code:
        return Q(place__team__pdu__code=place.pdu_code)
    return Q(place__team__pdu__region__code=place.region_code)


def _reached(reached: Reach) -> Q:
    if reached.everything:
        return Q()
    return (
        Q(place__practitioner__om_key__in=reached.staff_keys)
        | Q(place__team__code__in=reached.team_codes)
        | Q(place__team__pdu__code__in=reached.pdu_codes)
        | Q(place__team__pdu__region__code__in=reached.region_codes)
    )


def _narrowed(cases: QuerySet[Case], narrowed: CaseFilter) -> QuerySet[Case]:
    wanted: dict[str, object] = {
        "tier__in": narrowed.tiers or None,
        "location": narrowed.location,
        "place__grade": narrowed.grade,
        "crn": narrowed.crn or None,
    }
    if narrowed.flag is not None:
        wanted[narrowed.flag.column] = True
    found = cases.filter(**{name: value for name, value in wanted.items() if value is not None})
    if narrowed.is_active is not None:
        inactive = Q(is_warrant=True) | Q(is_overdue_termination=True)
        found = found.exclude(inactive) if narrowed.is_active else found.filter(inactive)
    if narrowed.is_t2a is not None:
        young = Exists(T2aEvent.objects.filter(snapshot_id=OuterRef("snapshot_id"), crn=OuterRef("crn")))
        found = found.filter(young if narrowed.is_t2a else ~young)
    if narrowed.is_omic is not None:
        named = RosterEntry.objects.filter(snapshot_id=OuterRef("snapshot_id"), place_id=OuterRef("place_id"))
        omic = Exists(named.filter(only_omic=True))
        found = found.filter(omic if narrowed.is_omic else ~omic)
    return found


def _sorted(cases: QuerySet[Case], sort: str) -> QuerySet[Case, tuple[Any, ...]]:
    first, *others = _ORDERS.get(sort.removeprefix("-"), _ORDERS["crn"])
    ordered = cases.order_by(f"-{first}" if sort.startswith("-") else first, *others)
    return ordered.values_list(
        "crn",
        "tier",
        "location",
        "place__practitioner__om_key",
        "place__practitioner__forename",
        "place__practitioner__surname",
        "place__team__code",
        "place__team__name",
        *(flag.column for flag in FLAGS),
    )


def _row(
    crn: str, tier: int, location: int, om_key: str, forename: str, surname: str, team_code: str, team: str, *set_: bool
) -> CaseRow:
    flags = tuple(flag for flag, is_set in zip(FLAGS, set_, strict=True) if is_set)
    name = full_name(forename, surname, om_key)
    return CaseRow(crn, tier_name(tier), Location(location).label, om_key, name, team_code, team, flags)
