"""Rows that came back mended, to be read in place of the extract's own."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Mended:
    """A quarantine workbook that came back.

    Attributes:
        source_digest: sha256 of the extract that the rows belong to.
        digest: sha256 of the mended workbook itself.
        rows: by sheet, the row's number in the extract (`cells.ROW`) and the text of its columns by normalised name.
    """

    source_digest: str
    digest: str
    rows: Mapping[str, pl.DataFrame]


def digest_of_all(source: str, mended: Sequence[Mended]) -> str:
    """What a reading was made from: the file's own sha256, or one over it and the mended workbooks in their order."""
    if not mended:
        return source
    return hashlib.sha256(" ".join([source, *(one.digest for one in mended)]).encode()).hexdigest()
