"""Every write of the national feeds."""

from .loading import LoadOutcome, load_extract, put_back
from .receiving import receive, receive_and_enqueue

__all__ = ["LoadOutcome", "load_extract", "put_back", "receive", "receive_and_enqueue"]
