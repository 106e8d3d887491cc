"""The event spine and the append-only trail."""

from .actors import Actor, acting_as, current_actor
from .events import Event, consulted, on, record, wake

__all__ = ["Actor", "Event", "acting_as", "consulted", "current_actor", "on", "record", "wake"]
