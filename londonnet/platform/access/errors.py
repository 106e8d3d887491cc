"""What can be refused about users, in words that say what to do next."""

from londonnet.platform.errors import LondonNetError


class UserRefused(LondonNetError):
    """A change to a user can't be made as asked.

    Args:
        message: what is wrong and what to do next.
        field: the form's field that it belongs to; empty if to none.
    """

    def __init__(self, message: str, field: str = "", code: str = "user-refused") -> None:
        super().__init__(message, code)
        self.field = field


class EmailTaken(UserRefused):
    """There is a user with that email address already."""

    def __init__(self) -> None:
        super().__init__(
            "There is a user with this email address already. Search for them in the list of users.",
            "email",
            "email-taken",
        )


class StaffKeyTaken(UserRefused):
    """Another user is linked to that practitioner."""

    def __init__(self) -> None:
        super().__init__(
            "Another user is linked to this practitioner. Check the key, or take it from the other user first.",
            "staff_key",
            "staff-key-taken",
        )


class LastAdministrator(UserRefused):
    """Without this user the trust would have no administrator who can sign in."""

    def __init__(self) -> None:
        super().__init__(
            "This is the trust's last administrator. Give somebody else the role of administrator first.",
            code="last-administrator",
        )
