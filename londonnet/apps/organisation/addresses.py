"""Where the pages of the organisation are."""

from urllib.parse import quote

DIRECTORY = "/staff"


def practitioner(om_key: str) -> str:
    """A practitioner's page in the directory."""
    return f"{DIRECTORY}/{quote(om_key, safe='')}"


def team(code: str) -> str:
    """A team's page."""
    return f"/teams/{quote(code, safe='')}"


def pdu(code: str) -> str:
    """A PDU's page."""
    return f"/pdus/{quote(code, safe='')}"


def region(code: str) -> str:
    """A region's page."""
    return f"/regions/{quote(code, safe='')}"
