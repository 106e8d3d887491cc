"""What programs send: a field that there isn't is refused, as a parameter is."""

from ninja import Schema


class Body(Schema, extra="forbid"):
    """The base of what an operation takes: a mistyped field would do less, or more, than was meant."""
