"""Whose practitioners are offered: the case's own team, or another part of what the reader allocates in."""

from collections.abc import Sequence
from dataclasses import dataclass

from londonnet.apps.workload.selectors.allocation.cases import OpenCase
from londonnet.apps.workload.selectors.allocation.teams import TeamChoice
from londonnet.platform.access.policy import Reach


@dataclass(frozen=True, slots=True)
class Among:
    """A part of what the reader allocates in: `team:CODE`, or `pdu:CODE` for all their teams of a PDU."""

    value: str
    label: str
    team_codes: frozenset[str]

    @property
    def reach(self) -> Reach:
        """Its teams."""
        return Reach(team_codes=self.team_codes)


def choices_among(teams: Sequence[TeamChoice], near: frozenset[str]) -> list[Among]:
    """PDUs whole, and the teams one by one of those PDUs that are near.

    Args:
        teams: those within reach, by PDU.
        near: codes of the PDUs that the cases are in; of a reader with a single PDU that one is near as well.
    """
    by_pdu: dict[str, list[TeamChoice]] = {}
    for one in teams:
        by_pdu.setdefault(one.pdu_code, []).append(one)
    offered: list[Among] = []
    for code, of_pdu in sorted(by_pdu.items(), key=lambda pair: pair[0] not in near):
        if code in near or len(by_pdu) == 1:
            offered += [Among(f"team:{one.code}", one.name, frozenset({one.code})) for one in of_pdu]
        if len(of_pdu) > 1 or code not in near:
            codes = frozenset(one.code for one in of_pdu)
            offered.append(Among(f"pdu:{code}", f"All teams of {of_pdu[0].pdu_name}", codes))
    return offered


def among(choices: Sequence[Among], asked: str, cases: Sequence[OpenCase]) -> Among:
    """The part asked for; else the team of the cases, or their PDU where they are of several."""
    codes = {case.team_code for case in cases}
    usual = f"team:{next(iter(codes))}" if len(codes) == 1 else f"pdu:{cases[0].pdu_code}" if cases else ""
    for wanted in (asked, usual):
        for one in choices:
            if one.value == wanted:
                return one
    return choices[0] if choices else Among("", "", frozenset())
