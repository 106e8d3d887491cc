"""Starts PostgreSQL and all processes for `londonnet up`, and PostgreSQL alone for a single command."""

from londonnet.platform.embedded.addresses import NoDatabase, ServerAddress
from londonnet.platform.embedded.postgres import address, server

__all__ = ["NoDatabase", "ServerAddress", "address", "server"]
