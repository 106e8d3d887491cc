"""Settings from the environment: typed, read once, failing loudly with the name of what is wrong."""

import hashlib
import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent.parent


def default_home() -> Path:
    """Where an installation keeps its files when LONDONNET_HOME isn't set.

    Root's own folders can't be read by the user that runs PostgreSQL, so root gets one under /var/lib.
    """
    if os.geteuid() == 0:
        return Path("/var/lib/londonnet") / hashlib.sha256(str(PROJECT).encode()).hexdigest()[:8]
    return PROJECT / ".londonnet"


class Environment(BaseSettings):
    """Every setting that an installation may make, with its unit and its default."""

    model_config = SettingsConfigDict(env_prefix="LONDONNET_", extra="ignore")

    home: Path = Field(default_factory=default_home)
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    database_prefix: str = Field(default="londonnet", pattern=r"^[a-z][a-z0-9_]{0,19}$")
    postgres: Literal["auto", "machine", "wheel"] = "auto"
    secret_key: str | None = Field(default=None, min_length=50)
    web_port: int = 8000
    live_port: int = 8001
    live_origin: str | None = None
    https: bool = False
    base_domain: str = "localhost"
    session_idle_minutes: int = Field(default=30, ge=1)
    session_hours: int = Field(default=12, ge=1)
    lock_out_attempts: int = Field(default=10, ge=3)
    lock_out_minutes: int = Field(default=15, ge=1)
    smtp_url: str | None = None
    mail_from: str = "londonnet@localhost"
    upload_megabytes: int = Field(default=150, ge=1)
    extract_late_hours: int = Field(default=30, ge=1)
    worker_slots: int = Field(default=4, ge=1)
    worker_heavy_slots: int = Field(default=1, ge=1)
    worker_grace_seconds: float = Field(default=6, ge=0, description="how long a stopping worker lets jobs finish")
    heavy_job_megabytes: int = Field(default=4000, ge=500, description="most memory of one heavy job's process")
    pool_connections: int = Field(default=8, ge=1, description="most connections of one process to one trust")
    total_connections: int = Field(default=64, ge=1, description="most connections of one process to all trusts")
    statement_seconds: int = Field(default=0, ge=0, description="after which a statement is given up; 0: never")

    @cached_property
    def installation_key(self) -> str:
        """The secret of this installation: from the environment, else made once and kept in its home."""
        return self.secret_key or _kept_secret(self.home / "secret_key")


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret


def _read() -> Environment:
    try:
        return Environment()
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        raise SystemExit(f"LondonNet can't start, these settings are wrong: {wrong}") from error


ENV = _read()
