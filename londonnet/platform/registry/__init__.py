"""The registry of applications, and the hooks that they implement."""

from .applications import applications, enabled, is_enabled
from .hooks import (
    Banner,
    CaseAction,
    Hooks,
    MenuItem,
    NoticeKind,
    Schedule,
    SearchResult,
    SearchSource,
    Tile,
    TopicRule,
)
from .manifest import AppManifest, Permission, Role

__all__ = [
    "AppManifest",
    "Banner",
    "CaseAction",
    "Hooks",
    "MenuItem",
    "NoticeKind",
    "Permission",
    "Role",
    "Schedule",
    "SearchResult",
    "SearchSource",
    "Tile",
    "TopicRule",
    "applications",
    "enabled",
    "is_enabled",
]
