"""What changed, pushed to open pages."""

from .waking import rights_changed

__all__ = ["rights_changed"]
