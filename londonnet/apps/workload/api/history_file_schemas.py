"""What the operations about another tool's history take and answer."""

from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from londonnet.platform.api.paging import Page

from .staffing_file_schemas import FileShown, NotTaken


class HistoryFileShown(FileShown):
    """A file of another tool's history."""

    kind: Literal["history"]


class HistoryFileWhole(NotTaken, HistoryFileShown):
    """A file with the lines that weren't taken, to be mended and sent again."""


class HistoryFilesPage(Page[HistoryFileShown]):
    """Files that the caller sent, the latest first."""


class HistoryFileJob(Schema):
    """How far a file is."""

    job: UUID = Field(description="ask for it again under /history-files/jobs/{job}")
    state: Literal["waiting", "running", "done", "failed"]
    stage: str = Field(description="what is being done")
    done: int = Field(description="lines of this stage that are done")
    total: int = Field(description="lines of this stage; 0 where that isn't known")
    estimate_seconds: float | None = Field(description="until the end of this stage; null where that can't be told")
    file: int | None = Field(description="number of the file with its report, once it is done; null before")
    error: str | None = Field(description="why it failed; null otherwise")
