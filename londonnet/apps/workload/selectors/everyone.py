"""Everybody in a part of the trust whom the extract names, or whom it named at the end of a month, as SQL."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from .rows import Level, Within

Parameter = int | str | date | list[str] | list[int] | None

# Everybody has all of these: the joins are outer ones so that PostgreSQL leaves out those that nothing is read from.
_NOW: Final = """
SELECT roster.place_id, place.team_id, team.pdu_id, pdu.region_id, roster.grade
FROM caseload_rosterentry roster
LEFT JOIN organisation_practitionerinteam place ON place.id = roster.place_id
LEFT JOIN organisation_team team ON team.id = place.team_id
LEFT JOIN organisation_pdu pdu ON pdu.id = team.pdu_id
WHERE roster.snapshot_id = %(snapshot)s AND (%(with_omic)s OR NOT roster.only_omic)
"""
_THEN: Final = """
SELECT DISTINCT place_id, team_id, pdu_id, region_id, grade FROM workload_monthtiers WHERE month_end = %(month_end)s
"""
_CONDITIONS: Final[dict[Level, str]] = {
    "trust": "true",
    "region": "region_id = (SELECT id FROM organisation_region WHERE code = %(code)s)",
    "pdu": "pdu_id = (SELECT id FROM organisation_pdu WHERE code = %(code)s)",
    "team": "team_id = (SELECT id FROM organisation_team WHERE code = %(code)s)",
    "practitioner": """place_id = ANY(ARRAY(SELECT place.id FROM organisation_practitionerinteam place
        JOIN organisation_practitioner holder ON holder.id = place.practitioner_id WHERE holder.om_key = %(code)s
        AND (%(team_code)s = '' OR place.team_id = (SELECT id FROM organisation_team WHERE code = %(team_code)s))))""",
}


@dataclass(frozen=True, slots=True)
class Everyone:
    """Whom a question is about.

    Attributes:
        within: the part of the trust.
        snapshot_id: the extract that is read.
        month_end: the last day of a month whose tiers are kept; then those are read instead.
        with_omic: whether people whom offender management in custody alone names are in it.
        grades: only these; "" is those without a grade. All if empty.
        team_code: of a practitioner, the one team; all of theirs if empty.
    """

    within: Within
    snapshot_id: int
    month_end: date | None = None
    with_omic: bool = False
    grades: tuple[str, ...] = ()
    team_code: str = ""

    def with_everybody(self) -> "Everyone":
        """The same, and those whom offender management in custody alone names."""
        return replace(self, with_omic=True)

    @property
    def is_narrowed(self) -> bool:
        """Whether it isn't simply everybody in the trust."""
        return self.within.level != "trust" or bool(self.grades)

    @property
    def people(self) -> str:
        """A common table expression, `people`: place_id, team_id, pdu_id, region_id, grade."""
        return f"people AS MATERIALIZED ({self.inline})"

    @property
    def inline(self) -> str:
        """The same people as a statement, for joins with much: PostgreSQL then knows what it joins."""
        return f"""
SELECT * FROM ({_NOW if self.month_end is None else _THEN}) everyone
WHERE {_CONDITIONS[self.within.level]} AND (%(all_grades)s OR grade = ANY(%(grades)s::text[]))
"""  # noqa: S608  # our own SQL

    @property
    def only(self) -> str:
        """What rows with a `place_id` must meet beside others: an array leads to few of them by an index."""
        return "AND place_id = ANY(ARRAY(SELECT place_id FROM people))" if self.is_narrowed else ""

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The parameters of `people`."""
        return {
            "snapshot": self.snapshot_id,
            "month_end": self.month_end,
            "code": self.within.code,
            "team_code": self.team_code,
            "with_omic": self.with_omic,
            "all_grades": not self.grades,
            "grades": list(self.grades),
        }
