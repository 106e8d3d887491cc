"""What the operations about files of hours and reductions take and answer."""

from datetime import datetime
from typing import Final, Literal

from ninja import Schema
from pydantic import Field

from londonnet.platform.api.bodies import Body
from londonnet.platform.api.paging import Page

StaffingKind = Literal["hours", "reductions"]


_SENT: Final = {
    "kind": "hours",
    "name": "april.csv",
    "content": "om_key,team_code,contracted_hours,from,to\nN07A001,N07T01,18.5,2026-04-01,\n",
}


class StaffingFileSent(Body, json_schema_extra={"examples": [_SENT]}):
    """A file to be loaded."""

    kind: StaffingKind
    name: str = Field("file.csv", max_length=200, description="what it is called in lists")
    content: str = Field(
        max_length=2_000_000,
        description="the CSV text with its heading: om_key, team_code, contracted_hours, from, to; or om_key, "
        "team_code, reason, hours, start, end, notes",
    )


class RowsOfFile(Schema):
    """How many rows there were, and what became of them."""

    read: int = Field(description="loaded, quarantined and ignored ones together")
    loaded: int
    quarantined: int = Field(description="rows that weren't taken, since something is wrong with them")
    ignored: int = Field(description="rows that stood already")


class FileShown(Schema):
    """A file that was sent."""

    number: int
    name: str
    sent_at: datetime
    unchanged: bool = Field(description="nothing was changed: every good row stood already, or there was none")
    rows: RowsOfFile


class StaffingFileShown(FileShown):
    """A file of hours or of reductions."""

    kind: StaffingKind


class CellWrong(Schema):
    """What is wrong with a line."""

    line: int = Field(description="1 is the heading")
    column: str = Field(description="empty where it is the whole line")
    value: str
    reason: str


class LineNotTaken(Schema):
    """A line that wasn't taken, to be mended and sent again."""

    line: int
    cells: dict[str, str] = Field(description="by column")


class NotTaken(Schema):
    """The lines of a file that weren't taken; of very many the first five thousand."""

    quarantined: list[CellWrong]
    lines: list[LineNotTaken]
    ignored_columns: list[str]


class StaffingFileWhole(NotTaken, StaffingFileShown):
    """A file with the lines that weren't taken, to be mended and sent again."""


class HoursOfFile(Schema):
    """Contracted hours as their file has them: the days are its columns `from` and `to`."""

    om_key: str
    team_code: str
    contracted_hours: str = Field(description="a week")
    first_day: str
    last_day: str = Field(description="empty where they go on")


class ReductionOfFile(Schema):
    """A reduction as its file has it."""

    om_key: str
    team_code: str
    reason: str
    hours: str = Field(description="a week")
    start: str
    end: str = Field(description="empty where it goes on")
    notes: str


class StaffingFilesPage(Page[StaffingFileShown]):
    """Files that the caller sent, the latest first."""


class ContractedHoursHeld(Page[HoursOfFile]):
    """Contracted hours that are held, by team."""


class ReductionsHeld(Page[ReductionOfFile]):
    """Reductions that are held, by team."""
