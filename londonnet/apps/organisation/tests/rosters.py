"""Rosters for tests: rows as the extract's reader gives them."""

from collections.abc import Mapping

import polars as pl

from londonnet.apps.organisation.arriving import COLUMNS

ALICE = {
    "region_code": "N07R1",
    "region_desc": "London North",
    "pdu_code": "N07P1",
    "pdu_desc": "Camden and Islington",
    "ldu_code": "N07L1",
    "ldu_desc": "Camden",
    "team_code": "N07T01",
    "team_desc": "Camden Team 1",
    "om_key": "N07A001",
    "om_surname": "O'Neill-Şahin",
    "om_forename": "Zoë",
    "om_grade_code": "M",
    "grade": "PO",
}


def row(**changes: str) -> dict[str, str]:
    """Alice's row with some values changed."""
    return {**ALICE, **changes}


def roster(*rows: Mapping[str, str]) -> pl.DataFrame:
    """A roster of these rows."""
    return pl.DataFrame([dict(one) for one in rows], schema=dict.fromkeys(COLUMNS, pl.String))


def many(practitioners: int, *, team_size: int = 10) -> pl.DataFrame:
    """A roster of so many practitioners, in teams of ten, ten teams a PDU; everything optional is filled."""
    return roster(
        *(
            row(
                om_key=f"N07B{n:05}",
                om_surname=f"Surname{n:05}",
                om_forename="Forename",
                team_code=f"N07T{n // team_size:03}X",
                team_desc=f"Team {n // team_size:03}",
                pdu_code=f"N07P{n // (team_size * 10):03}X",
                pdu_desc=f"PDU {n // (team_size * 10):03}",
                ldu_code=f"N07L{n // (team_size * 10):03}X",
            )
            for n in range(practitioners)
        )
    )
