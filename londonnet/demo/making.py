"""Making the demo service: the same numbers, seed, day and week give the same service."""

from datetime import date, timedelta
from random import Random

from .caseload import made_cases
from .codes import crns
from .places import made_teams
from .posts import Recruitment, made_posts
from .service import Contact, Post, Service
from .weeks import live_a_week

_CONTACT_TYPES = tuple(f"CMS{number:02d}" for number in range(1, 37))
_CONTACT_DAYS = 10


def made_service(*, practitioners: int, cases: int, seed: int, day: date | None = None, week: int = 0) -> Service:
    """The demo service.

    Args:
        practitioners: practitioners-in-team, exactly as many.
        cases: open cases, as many in every week.
        seed: what the randomness starts from.
        day: the day of the first extract; today when not given.
        week: how many weeks later the service is looked at.
    """
    random = Random(seed)  # noqa: S311 - made-up people need no secrecy, and the seed must give them again
    first_day = day or date.today()  # noqa: DTZ011 - an extract's day is the local one
    teams = made_teams(practitioners, random)
    recruitment, numbers = Recruitment(random), crns(seed)
    service = Service(
        first_day, first_day + timedelta(weeks=week), teams, made_posts(practitioners, teams, recruitment)
    )
    service.cases = made_cases(service.posts, cases, numbers, random)
    for _ in range(week):
        live_a_week(service, random, recruitment, numbers)
    service.contacts = _made_contacts(service, random)
    return service


def _made_contacts(service: Service, random: Random) -> list[Contact]:
    """Contacts of the last ten days that a colleague of the same PDU did on somebody's case."""
    colleagues: dict[str, list[Post]] = {}
    for post in service.posts:
        if post.team.kind == "field" and post.grade in ("PO", "PSO", "TPO"):
            colleagues.setdefault(post.team.pdu.code, []).append(post)
    held = [case for case in service.cases if case.post.team.pdu.code in colleagues]
    contacts = []
    for number in range(min(len(service.posts) // 2, len(held))):
        case = random.choice(held)
        done_by = random.choice(colleagues[case.post.team.pdu.code])
        day = service.day - timedelta(days=random.randrange(_CONTACT_DAYS))
        contacts.append(Contact(9_000_001 + number, case, day, random.choice(_CONTACT_TYPES), done_by))
    return contacts
