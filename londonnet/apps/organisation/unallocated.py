"""Posts that stand for nobody: the national record keeps a team's cases there until somebody gets them."""

from typing import Final

UNALLOCATED_ENDING: Final = "UTSO"
"""How the om_key of such a post ends, after provider and team letter: N07AUTSO."""


def is_unallocated(om_key: str) -> bool:
    """Whether cases under this key wait for somebody to be given them."""
    return om_key.endswith(UNALLOCATED_ENDING)
