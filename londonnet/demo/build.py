"""The demo trust, made only through the doors that real data comes through."""

import secrets
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from londonnet.apps.caseload.models import CurrentSnapshot
from londonnet.apps.national import services as national
from londonnet.apps.organisation.unallocated import is_unallocated
from londonnet.apps.workload import selectors
from londonnet.apps.workload import services as workload
from londonnet.config.environment import ENV
from londonnet.platform.access import services as access
from londonnet.platform.access.models import User
from londonnet.platform.audit import Actor, acting_as
from londonnet.platform.embedded.sign_ins import SignIn, keep_sign_ins, kept_sign_ins
from londonnet.platform.trusts import Trust, provisioning, registry, trust_scope

from .history import history_csv
from .reductions import write_hours_csv, write_reductions_csv
from .service import Service
from .workbook import write_workbook

SLUG, NAME = "demo", "Demo Probation Service"
PRACTITIONERS, CASES, SEED = 400, 8_000, 2009
_RED = 110


@dataclass(frozen=True, slots=True)
class _Person:
    """A demo user: what they are called, and what they may do."""

    label: str
    email: str
    name: str
    grants: tuple[access.GrantTuple, ...]
    staff_key: str = ""


def ensure_demo_trust() -> Sequence[SignIn]:
    """Make the demo trust if there is none, or finish one that was begun; answers its sign-ins.

    Each step looks whether it is done already, so a start that was interrupted goes on where it stopped.
    """
    trust = _trust()
    with trust_scope(trust), acting_as(Actor("command", "demo trust")):
        if not CurrentSnapshot.objects.exists():
            _load()
        return _users()


def next_workbook() -> Path:
    """Where the demo's next extract lies, for trying the upload page: a week of changes on."""
    return ENV.home / "demo" / "next-extract.xlsx"


def _trust() -> Trust:
    if any(trust.slug == SLUG for trust in registry.all_trusts()):
        return registry.by_slug(SLUG)
    return provisioning.create_trust(slug=SLUG, name=NAME, is_default=True)


def _load() -> None:
    """Two extracts, hours and reductions, thirteen weeks of history; and today's extract, left for somebody to send."""
    today = timezone.localdate()
    yesterday, week = today - timedelta(days=1), timedelta(weeks=1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo-extract.xlsx"
        for week_number in (0, 1):
            service = _workbook(path, yesterday - week, week=week_number)
            national.load_extract(file=national.receive(path, name=path.name, came_by="command"))
        hours, reductions = Path(folder) / "hours.csv", Path(folder) / "reductions.csv"
        write_hours_csv(hours, service)
        write_reductions_csv(reductions, service)
        workload.load_hours(content=hours.read_bytes())
        workload.load_reductions(content=reductions.read_bytes())
    past = history_csv(selectors.practitioner_rows(), last_day=yesterday, seed=SEED)
    workload.load_history(content=past)
    next_workbook().parent.mkdir(parents=True, exist_ok=True)
    _workbook(next_workbook(), today - 2 * week, week=2)


def _workbook(path: Path, day: date, *, week: int) -> Service:
    return write_workbook(path, practitioners=PRACTITIONERS, cases=CASES, seed=SEED, day=day, week=week)


def _users() -> Sequence[SignIn]:
    """The demo's users, one for each role, with passwords made at random for this installation."""
    people = list(_people())
    known = {sign_in.email: sign_in for sign_in in kept_sign_ins()}
    missing = [person for person in people if person.email not in known]
    if missing:
        known |= {p.email: SignIn(p.label, p.email, secrets.token_urlsafe(12)) for p in missing}
        keep_sign_ins([known[person.email] for person in people])
    there = set(User.objects.values_list("email", flat=True))
    for person in people:
        if person.email not in there:
            access.create_user(
                email=person.email,
                name=person.name,
                grants=person.grants,
                staff_key=person.staff_key,
                password=known[person.email].password,
            )
    return [known[person.email] for person in people]


def _people() -> Iterator[_Person]:
    """One for each role. The manager's team is one with somebody above 110%, the practitioner is of that team."""
    member = _busiest()
    own = (("practitioner", "own", ""),)
    yield _Person("Practitioner", "practitioner@demo.example", member.name, own, member.om_key)
    team = (("team_manager", "team", member.team_code),)
    yield _Person("Team manager", "manager@demo.example", "Morgan Quillfeather", team)
    head = (("head_of_service", "trust", ""),)
    yield _Person("Head of service", "head@demo.example", "Harper Wrenfield", head)
    yield _Person("HR", "hr@demo.example", "Rowan Tidewell", (("hr", "trust", ""),))
    everywhere = (("administrator", "trust", ""),)
    yield _Person("Administrator", "administrator@demo.example", "Ash Lockhurst", everywhere)
    yield _Person("Auditor", "auditor@demo.example", "Avery Saltmarsh", (("auditor", "trust", ""),))


def _busiest() -> selectors.PractitionerRow:
    """A practitioner well above 110% in a full team, if there is one in a team with cases that nobody has yet."""
    rows = selectors.practitioner_rows()
    waiting = {row.team_code for row in rows if is_unallocated(row.om_key) and row.cases}
    sizes: dict[str, int] = {}
    for row in rows:
        sizes[row.team_code] = sizes.get(row.team_code, 0) + 1
    busy = [row for row in rows if row.capacity is not None and row.capacity > _RED]
    return max(
        busy or rows, key=lambda row: (row.team_code in waiting, sizes[row.team_code], row.capacity or 0, row.om_key)
    )
