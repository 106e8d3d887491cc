"""What a program is refused, in words that say what to do next."""

from collections.abc import Iterable, Mapping

from londonnet.platform.errors import LondonNetError


class NotSignedIn(LondonNetError):
    """Nobody is signed in, and no token was sent."""

    status_code = 401

    def __init__(self) -> None:
        super().__init__(
            "Say who you are: send a token as “Authorization: Bearer ln_…”. You make one under “My account”.",
            "not-signed-in",
        )


class TokenRefused(LondonNetError):
    """The token opens nothing here; which of the reasons it is isn't told to whoever sends it.

    Args:
        reason: for the trail: unknown, revoked, expired or deactivated.
        token_id: of a token that is known.
    """

    status_code = 401

    def __init__(self, reason: str, token_id: int | None = None) -> None:
        super().__init__(
            "This token opens nothing here. It may be mistyped, revoked, too old, or of another trust. Make a new one.",
            "token-refused",
        )
        self.reason = reason
        self.token_id = token_id


class TooManyWrongTokens(LondonNetError):
    """Wrong tokens have come so often that they aren't looked into any more for a while."""

    status_code = 429

    def __init__(self) -> None:
        super().__init__(
            "Wrong tokens were sent too often. Stop the program, and give it a new token before it calls again.",
            "too-many-wrong-tokens",
        )


class OutsideTokenScope(LondonNetError):
    """The token wasn't made for this kind of call.

    Args:
        scope: what it would need, as ``workload:read``.
    """

    status_code = 403

    def __init__(self, scope: str) -> None:
        super().__init__(f"This token wasn't made for {scope}. Make one that is.", "outside-token-scope")


class InvalidRequest(LondonNetError):
    """Something that was sent isn't as it should be.

    Args:
        wrong: for each field what is wrong with it; for the body as a whole the field is empty.
    """

    status_code = 422

    def __init__(self, wrong: Mapping[str, str] | Iterable[tuple[str, str]]) -> None:
        super().__init__("Something that you sent isn't as it should be. “details” says what.", "invalid")
        pairs = wrong.items() if isinstance(wrong, Mapping) else wrong
        self.details = tuple({"field": field, "message": message} for field, message in pairs)


class TokenNotMade(LondonNetError):
    """A token can't be made as asked.

    Args:
        message: what is wrong and what to do next.
        field: the form's field that it belongs to.
    """

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message, "token-not-made")
        self.field = field
