"""What is said when something goes wrong, by kind of error."""

from dataclasses import dataclass

from londonnet.platform.errors import LondonNetError


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """What an error page says.

    Args:
        title: what is wrong, as a heading.
        said: sentences that explain it.
        steps: what to do next.
    """

    title: str
    said: tuple[str, ...]
    steps: tuple[str, ...] = ()


TELL_SUPPORT = "If it happens again, tell an administrator of your trust and give them the reference below."

WORDS = {
    "400": ErrorWords(
        "We couldn't understand that",
        ("Something in the address or in what was sent isn't as it should be.",),
        ("Go back and try again from the page you were on.", TELL_SUPPORT),
    ),
    "403": ErrorWords(
        "You don't have permission to do this",
        ("Your roles don't include what you tried to do. Nothing was changed.",),
        (
            "Check that you are signed in with the right account.",
            "If your work needs it, ask an administrator of your trust for the role.",
        ),
    ),
    "csrf": ErrorWords(
        "Your form was kept safe",
        (
            "We couldn't accept it, because the page had been open for too long, "
            "or you signed in or out in another tab in the meantime.",
            "What you typed is kept in this tab, except passwords and files.",
        ),
        ("Go back to the form. It comes back as you left it.", "Check it and send it again."),
    ),
    "404": ErrorWords(
        "Page not found",
        ("There is no page here, or it isn't for you to see.",),
        (
            "If you typed the address, check that it is right.",
            "If you followed a link, what it led to may have moved. Search for it by name.",
        ),
    ),
    "405": ErrorWords(
        "This page can't be used like that",
        ("The address is right, but it expects to be reached from a form or a button.",),
        ("Go back to the page you were on and use its button.",),
    ),
    "413": ErrorWords(
        "That is too big to send",
        ("The file or form is larger than this installation accepts. Nothing was kept of it.",),
        (
            "Check that you chose the right file.",
            "If it is the right one, ask an administrator of your trust to raise the limit.",
        ),
    ),
    "500": ErrorWords(
        "Sorry, something went wrong on our side",
        ("What you last did may not have been saved. What was saved before is safe.",),
        ("Wait a minute, then try again.", TELL_SUPPORT),
    ),
    "503": ErrorWords(
        "We can't reach your trust's records at the moment",
        ("LondonNet is running, but its database doesn't answer. Nothing you saved is lost.",),
        (
            "Wait a minute, then load the page again.",
            "If it takes longer, tell an administrator of your trust and give them the reference below.",
        ),
    ),
}


def words_for(error: LondonNetError) -> ErrorWords:
    """The words of an application's own error: its message says what is wrong and what to do next."""
    if error.status_code >= 500:
        return WORDS["503"] if error.status_code == 503 else WORDS["500"]
    return ErrorWords("We couldn't do that", (error.message,))
