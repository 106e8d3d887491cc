"""Names of databases and roles; all carry the installation's prefix, so that installations can share a server."""

import hashlib
import hmac
import re

from londonnet.config.environment import ENV
from londonnet.platform.errors import LondonNetError

SLUG = re.compile(r"^[a-z][a-z0-9-]{0,29}$")
RESERVED_SLUGS = frozenset({"control", "template", "localhost", "www"})


def control_database() -> str:
    """The database that knows the trusts, and no personal data."""
    return f"{ENV.database_prefix}_control"


def template_database() -> str:
    """The migrated, empty database that every new trust is a copy of."""
    return f"{ENV.database_prefix}_template"


def trust_database(slug: str) -> str:
    """The database of one trust."""
    return f"{ENV.database_prefix}_trust_{slug}"


def trust_login(slug: str) -> str:
    """The login role of one trust's connections."""
    return f"{ENV.database_prefix}_login_{slug}"


def owner_role() -> str:
    """The installation-wide role that owns every object; used by migrations only."""
    return f"{ENV.database_prefix}_owner"


def runtime_role() -> str:
    """The installation-wide role that pages and jobs work as: no DDL, insert-only on the trail."""
    return f"{ENV.database_prefix}_runtime"


def walled_role() -> str:
    """The installation-wide role that alone reaches walled tables (victims')."""
    return f"{ENV.database_prefix}_walled"


def control_login() -> str:
    """The login role that reads the control database."""
    return f"{ENV.database_prefix}_control_login"


def login_password(login: str) -> str:
    """The password of a login role, worked out from the installation's secret, so that none is stored."""
    return hmac.new(ENV.installation_key.encode(), f"database-login:{login}".encode(), hashlib.sha256).hexdigest()


def checked_slug(slug: str) -> str:
    """The slug, if it can name a trust.

    Raises:
        LondonNetError: it can't stand in a hostname, or the platform uses the name itself.
    """
    if not SLUG.fullmatch(slug) or slug in RESERVED_SLUGS:
        raise LondonNetError(
            f"{slug!r} can't name a trust. Use up to 30 small letters, digits and hyphens, beginning with a letter; "
            f"these are taken: {', '.join(sorted(RESERVED_SLUGS))}.",
            "bad-slug",
        )
    return slug
