"""Reports of mistakes as programs read them."""

from typing import Any

from .lines_of_working import NamedLine
from .selectors.mistakes import MistakeRow


def mistake_json(row: MistakeRow) -> dict[str, Any]:
    """A report, and what became of it."""
    return {
        "number": row.pk,
        "om_key": row.om_key,
        "name": row.name,
        "team_code": row.team_code,
        "section": row.section,
        "line": row.line,
        "day": row.day.isoformat(),
        "words": row.words,
        "state": row.state.value,
        "reported_at": row.reported_at.isoformat(),
        "answer": row.answer,
        "answered_by": row.answered_by_name,
        "answered_at": row.answered_at.isoformat() if row.answered_at else None,
    }


def line_json(line: NamedLine) -> dict[str, str]:
    """A line that can be reported."""
    return {"key": line.key, "section": line.section, "text": line.text}
