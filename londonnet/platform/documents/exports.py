"""Exports: what a list shows, as a file, marked, with its moment, and in the trail."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.db import transaction
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify

from londonnet.platform.audit import Event, record
from londonnet.platform.lists.asking import Asked
from londonnet.platform.lists.toolbar import narrowed_in_words

from .plain import csv_chunks
from .sheets import Sheet, fields_of
from .workbooks import write_workbook

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_IN_MEMORY_BYTES: Final = 8_000_000


def export_response(
    request: HttpRequest,
    asked: Asked,
    rows: Sequence[Any],
    *,
    title: str,
    marking: str,
    as_at: str,
    of: str = "",
    notes: Iterable[str] = (),
) -> HttpResponseBase:
    """A list as a file, and an event in the trail: what leaves the house is a disclosure. Outside any `snapshot()`.

    Args:
        request: whose export it is.
        asked: what was asked of the list: columns, filters and the format.
        rows: all rows after the filters, in order, read already.
        title: what the list is.
        marking: the protective marking of what it holds.
        as_at: when it was true, in words.
        of: whose list it is, as the trail names it: "team:N07T01".
        notes: what else is to be known, such as the version of the weights.
    """
    filtered = narrowed_in_words(asked)
    said = (*notes, *(f"Filter: {words}" for words in filtered))
    sheet = Sheet(title, marking, as_at, said, fields_of(asked.columns), rows)
    _record(asked, len(rows), of, marking, filtered)
    name = f"{_file_name(asked.spec.name, marking)}.{asked.format}"
    answer = _workbook(sheet, name) if asked.format == "xlsx" else _plain_table(sheet, name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _workbook(sheet: Sheet, name: str) -> HttpResponseBase:
    made = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115  # the answer closes it
    write_workbook(sheet, made)
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename=name, content_type=XLSX)


def _plain_table(sheet: Sheet, name: str) -> HttpResponseBase:
    chunks: Iterator[bytes] = csv_chunks(sheet)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8", headers=headers)


def _file_name(list_name: str, marking: str) -> str:
    """Plain and dated, with the marking, and nobody's name: `workload-people-2026-11-20-OFFICIAL`."""
    return f"{slugify(list_name.replace('.', '-'))}-{timezone.localdate().isoformat()}-{marking.replace(' ', '-')}"


@transaction.atomic
def _record(asked: Asked, rows: int, of: str, marking: str, filtered: Sequence[str]) -> None:
    after = {
        "rows": rows,
        "format": asked.format,
        "columns": [column.key for column in asked.columns],
        "filters": list(filtered),
        "marking": marking,
        "of": of,
    }
    record(Event(kind="documents.exported", subject_type="list", subject_id=asked.spec.name, after=after))
