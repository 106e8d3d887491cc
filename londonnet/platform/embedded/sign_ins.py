"""The demo trust's sign-ins: made at random for each installation, kept where only its owner can read them."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from londonnet.platform.embedded.location import installation


@dataclass(frozen=True)
class SignIn:
    """One demo user: what they are, and how to sign in as them."""

    role: str
    email: str
    password: str


def keep_sign_ins(sign_ins: Iterable[SignIn]) -> None:
    """Keeps them in the installation's home, in place of those kept before. Keep first, then make the users."""
    place = installation()
    place.make()
    place.private_file(place.home / "demo-sign-ins.json", json.dumps([asdict(each) for each in sign_ins], indent=2))


def kept_sign_ins() -> tuple[SignIn, ...]:
    """Those kept; none before there is a demo trust."""
    try:
        text = (installation().home / "demo-sign-ins.json").read_text()
    except FileNotFoundError:
        return ()
    return tuple(SignIn(**each) for each in json.loads(text))


def as_table(sign_ins: Iterable[SignIn]) -> list[str]:
    """One aligned line for each, for a terminal."""
    rows = [(each.role, each.email, each.password) for each in sign_ins]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
