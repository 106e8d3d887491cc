"""Roles with their scopes: which fit together, and how they are said in words."""

import re
from dataclasses import dataclass

from londonnet.platform.registry import Role, applications, enabled

from .errors import UserRefused

CODE = re.compile(r"^[A-Z0-9][A-Z0-9_-]{0,19}$")
WITHOUT_CODE = ("own", "trust")
SCOPES = {
    "own": "their own cases",
    "team": "a team",
    "pdu": "a PDU",
    "region": "a region",
    "trust": "the whole trust",
}
_SAID = {"own": "own cases", "team": "team {}", "pdu": "PDU {}", "region": "region {}", "trust": "the whole trust"}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role within a scope: which cases, teams or regions it covers."""

    role: str
    scope_kind: str
    scope_code: str = ""


def all_roles() -> list[Role]:
    """Every role that an application of this installation defines."""
    return [role for manifest in applications() for role in manifest.roles]


def role_called(name: str) -> Role:
    """The role of that name.

    Raises:
        UserRefused: no application defines it.
    """
    for role in all_roles():
        if role.name == name:
            return role
    known = ", ".join(role.name for role in all_roles())
    raise UserRefused(f"There is no role called {name!r}. The roles are: {known}.", "role")


def checked(grant: Grant) -> Grant:
    """The grant, its code in capitals, if role, scope and code fit together.

    Raises:
        UserRefused: they don't; the message says which scopes the role can have.
    """
    role = role_called(grant.role)
    if grant.scope_kind not in role.scopes:
        fitting = " or ".join(SCOPES[kind] for kind in role.scopes)
        raise UserRefused(f"{role.label} can only be given for {fitting}.", "scope_kind")
    if grant.scope_kind in WITHOUT_CODE:
        return Grant(role.name, grant.scope_kind)
    code = grant.scope_code.strip().upper()
    if not CODE.match(code):
        raise UserRefused(
            f"Enter the code of {SCOPES[grant.scope_kind]}: up to 20 letters and digits, such as N07T01.",
            "scope_code",
        )
    return Grant(role.name, grant.scope_kind, code)


def known(grant: Grant) -> Grant:
    """The grant, if no application of the trust that is entered says that its code names nothing.

    Raises:
        UserRefused: there is no team, PDU or region of that code.
    """
    if grant.scope_code:
        answers = {manifest.hooks.knows_scope(grant.scope_kind, grant.scope_code) for manifest in enabled()}
        if False in answers and True not in answers:
            said = _SAID[grant.scope_kind].format(grant.scope_code)
            raise UserRefused(f"There is no {said}. Its page under Staff and teams shows its code.", "scope_code")
    return grant


def worked_out(role_name: str, code: str = "") -> Grant:
    """The grant that a role and perhaps a code mean, as given on the command line.

    Args:
        role_name: the role.
        code: a code; its kind is the role's usual one, or stands before a colon (``pdu:N07P1``).

    Raises:
        UserRefused: the role needs a code, or can't have one.
    """
    role = role_called(role_name)
    kind, _, rest = code.rpartition(":")
    fitting = [scope for scope in role.scopes if (scope in WITHOUT_CODE) != bool(code)]
    if not fitting:
        wanted = "needs the code of what it covers" if not code else "can't be given with a code"
        raise UserRefused(f"{role.label} {wanted}.", "scope_code")
    return checked(Grant(role.name, kind or fitting[0], rest))


def in_words(grant: Grant) -> str:
    """A grant as people say it: Team manager, team N07T01. A role that is no longer defined keeps its name."""
    labels = {role.name: role.label for role in all_roles()}
    return f"{labels.get(grant.role, grant.role)}, {_SAID[grant.scope_kind].format(grant.scope_code)}"
