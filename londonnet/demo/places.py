"""The demo service's regions, PDUs and teams."""

from random import Random
from typing import Final

from .codes import PROVIDER, team_code
from .names import REGION_NAMES, place_names
from .service import Pdu, Team

_PRACTITIONERS_A_PDU: Final = 20
_PDUS_A_REGION: Final = 7
_MOST_PDUS: Final = 108
_TEAMS_A_PRACTITIONER: Final = 0.15
_FIELD_NAMES: Final = (
    "Sentence Management",
    "Resettlement",
    "Women’s",
    "Young Adults",
    "Integrated Offender",
    "Assessment",
)


def made_teams(practitioners: int, random: Random) -> list[Team]:
    """All teams: for each region one court team and one in custody, and field teams spread over the PDUs.

    400 practitioners make 20 PDUs and 60 teams.
    """
    pdus = _made_pdus(practitioners, random)
    regions = len({pdu.region_code for pdu in pdus})
    number = max(2 * regions + len(pdus), round(practitioners * _TEAMS_A_PRACTITIONER))
    teams = []
    for place in range(number):
        kind = ("court", "omic")[place // regions] if place < 2 * regions else "field"
        pdu = pdus[(place - 2 * regions) % len(pdus)] if kind == "field" else pdus[place % regions]
        teams.append(Team(team_code(place + 1), _team_name(pdu, kind, (place - 2 * regions) // len(pdus)), kind, pdu))
    return teams


def _team_name(pdu: Pdu, kind: str, turn: int) -> str:
    if kind == "court":
        return f"{pdu.name} Court Team"
    if kind == "omic":
        return f"HMP {pdu.name} Offender Management"
    more = f" {turn // len(_FIELD_NAMES) + 1}" if turn >= len(_FIELD_NAMES) else ""
    return f"{pdu.name} {_FIELD_NAMES[turn % len(_FIELD_NAMES)]}{more}"


def _made_pdus(practitioners: int, random: Random) -> list[Pdu]:
    number = min(max(1, round(practitioners / _PRACTITIONERS_A_PDU)), _MOST_PDUS)
    regions = min(max(1, round(number / _PDUS_A_REGION)), len(REGION_NAMES))
    names = place_names(random)
    return [
        Pdu(
            code=f"{PROVIDER}P{place + 1}",
            name=names[place],
            ldu_code=f"{PROVIDER}L{place + 1}",
            region_code=f"{PROVIDER}R{place % regions + 1}",
            region_name=REGION_NAMES[place % regions],
        )
        for place in range(number)
    ]
