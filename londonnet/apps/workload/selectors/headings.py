"""What a page of a place or a practitioner is headed with: the way down to it, where it belongs, which pages it has."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.utils import timezone

from londonnet.apps.caseload.models import Sheet
from londonnet.platform.access.policy import Place
from londonnet.platform.trusts import current_trust

from .month_ends import MONTH_ENDS
from .practitioner_sql import NAME
from .reductions import CONDITIONS, Shown, soon
from .rows import Level, OrganisationName

_LEVELS: Final[tuple[Level, ...]] = ("region", "pdu", "team", "practitioner")
_WHERE: Final[dict[Level, str]] = {
    "trust": "",
    "region": "AND pdu.region_id = named.id",
    "pdu": "AND pdu.id = named.id",
    "team": "AND team.id = named.id",
    "practitioner": "AND place.id = named.id",
}
_OMIC: Final = f"""
SELECT FROM caseload_casecount counted
JOIN organisation_practitionerinteam place ON place.id = counted.place_id
JOIN organisation_team team ON team.id = place.team_id
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
WHERE counted.snapshot_id = (SELECT snapshot_id FROM caseload_currentsnapshot) AND counted.sheet = {Sheet.OMIC.value}
"""  # noqa: S608  # our own SQL
_EXPIRING: Final = f"""
SELECT count(*) FROM workload_reduction reduction
JOIN organisation_practitionerinteam place ON place.id = reduction.place_id AND place.ended_on IS NULL
JOIN organisation_team team ON team.id = place.team_id
JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
WHERE reduction.superseded_by_id IS NULL AND {CONDITIONS[Shown.EXPIRING]}
"""  # noqa: S608  # our own SQL
_NAMED: Final[dict[Level, str]] = {
    "trust": "SELECT 0 AS id, ARRAY[]::text[] AS names",
    "region": "SELECT id, ARRAY[code, name]::text[] AS names FROM organisation_region WHERE code = %(code)s",
    "pdu": """
SELECT pdu.id, ARRAY[region.code, region.name, pdu.code, pdu.name]::text[] AS names
FROM organisation_pdu pdu JOIN organisation_region region ON region.id = pdu.region_id WHERE pdu.code = %(code)s
""",
    "team": """
SELECT team.id, ARRAY[region.code, region.name, pdu.code, pdu.name, team.code, team.name]::text[] AS names
FROM organisation_team team JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
JOIN organisation_region region ON region.id = pdu.region_id WHERE team.code = %(code)s
""",
    "practitioner": f"""
SELECT place.id, ARRAY[region.code, region.name, pdu.code, pdu.name, team.code, team.name, practitioner.om_key,
    {NAME}]::text[] AS names
FROM organisation_practitionerinteam place
JOIN organisation_practitioner practitioner ON practitioner.id = place.practitioner_id
JOIN organisation_team team ON team.id = place.team_id JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
JOIN organisation_region region ON region.id = pdu.region_id
WHERE practitioner.om_key = %(code)s AND team.code = %(team_code)s
""",  # noqa: S608  # our own SQL
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What a page of a place or a practitioner is headed with.

    Attributes:
        names: the way from the trust down to the place, itself the last.
        place: where it belongs, for the policy that says who may see it.
        has_omic: whether anybody there holds cases of offender management in custody.
        month_ends: the days at the end of a month whose tiers are kept, the latest first.
        expiring: how many reductions end within thirty days.
    """

    names: tuple[OrganisationName, ...]
    place: Place
    has_omic: bool
    month_ends: tuple[date, ...]
    expiring: int

    @property
    def team_code(self) -> str:
        """Of a practitioner, the team."""
        return self.place.team_code if self.place.staff_key else ""


def heading_of(level: Level, code: str, team_code: str = "") -> Heading | None:
    """What pages of a place or a practitioner are headed with; None where there is no such. One query.

    Args:
        level: trust, region, pdu, team or practitioner.
        code: its code; the trust's is its slug or empty, a practitioner's their om_key.
        team_code: of a practitioner, the team.
    """
    trust = current_trust()
    if level == "trust" and code not in (trust.slug, ""):
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT names, EXISTS ({_OMIC} {_WHERE[level]}), ARRAY({MONTH_ENDS}), ({_EXPIRING} {_WHERE[level]}) "  # noqa: S608
            f"FROM ({_NAMED[level]}) named",
            {"code": code, "team_code": team_code, **soon(timezone.localdate())},
        )
        found = cursor.fetchone()
    if found is None:
        return None
    pairs, has_omic, month_ends, expiring = found
    names = tuple(
        OrganisationName(one, *pairs[at * 2 : at * 2 + 2]) for at, one in enumerate(_LEVELS[: len(pairs) // 2])
    )
    top = OrganisationName("trust", trust.slug, trust.name)
    return Heading((top, *names), _place(names), has_omic, tuple(month_ends), expiring)


def _place(names: tuple[OrganisationName, ...]) -> Place:
    keys = {"practitioner": "staff_key"}
    return Place(**{keys.get(one.level, f"{one.level}_code"): one.code for one in names})
