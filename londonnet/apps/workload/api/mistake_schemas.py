"""What the operations about reports of mistakes take and answer."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from londonnet.platform.api.bodies import Body
from londonnet.platform.api.paging import Page


class MistakeShown(Schema):
    """A report that a line of a working is wrong, and what became of it."""

    number: int
    om_key: str
    name: str
    team_code: str
    section: str
    line: str = Field(description="as it stood")
    day: date = Field(description="of the extract that the line was made from")
    words: str
    state: Literal["open", "put-right", "is-right", "taken-back"]
    reported_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


class LineToReport(Schema):
    """A line of one's own working."""

    key: str
    section: str
    text: str


class LinesToReport(Schema):
    """The lines of one's own working in a team."""

    items: list[LineToReport]


class OwnMistakes(Page[MistakeShown]):
    """What the caller reported, the latest first."""


class MistakesPage(Page[MistakeShown]):
    """Reports of those whom the caller answers for."""


class MistakeReported(Body):
    """What is wrong, in one's own figure."""

    team_code: str = Field(max_length=20)
    line: str = Field(max_length=200, description="its key; /mistakes/lines lists them")
    words: str = Field(max_length=4000, description="what is wrong about it")


class MistakeAnswer(Body):
    """What was found."""

    state: Literal["put-right", "is-right"]
    words: str = Field(max_length=4000)
