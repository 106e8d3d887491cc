"""The zip container, unpacked by streaming and counted before the workbook reader sees it.

The sizes that a zip declares are only claims. Each part is inflated here in small pieces, so that a bomb is found
by what it really unpacks to, and the pieces of the worksheets are looked over for two things that the workbook
reader doesn't tell: cells far outside any extract (it would reserve memory for everything between), and Excel
errors such as #N/A (it gives them as empty cells, and empty means 0).
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from .container import FileLimits
from .refusal import WorkbookRefused
from .worksheet_scan import ErrorCell, WorksheetScan, sheet_names_by_part

_PIECE = 1024 * 1024
_LOCAL_HEADER = struct.Struct("<4s22sHH")
_RATIO_FROM_BYTES = 32 * 1024 * 1024
_WORKBOOK_PARTS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_DAMAGED = (
    "The workbook is damaged: it can't be unpacked. It may have been cut short on its way; send the export again."
)
_BOMB = "The workbook unpacks to far more than an extract can hold, so it was not opened. Ask where it came from."
_OTHER_KINDS = {
    "xl/workbook.bin": "an Excel binary workbook (.xlsb)",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "mimetype": "an OpenDocument file",
}


@dataclass(frozen=True)
class Examined:
    """What looking through the container told: the sheets looked over, by name, and the Excel errors in them."""

    sheets: frozenset[str]
    errors: tuple[ErrorCell, ...]


def examined(path: Path, limits: FileLimits) -> Examined:
    """Unpack the whole container once, within limits, and look over its sheets.

    Raises:
        WorkbookRefused: damaged, encrypted, another kind of zip, a zip bomb, or a sheet far too large.
    """
    parts = _parts(path, limits)
    with path.open("rb") as file:
        try:
            names = sheet_names_by_part(*(_whole(file, parts[name], limits) for name in _WORKBOOK_PARTS))
            return _walk(file, parts, names, limits)
        except (zlib.error, struct.error, OSError):
            raise WorkbookRefused.because(_DAMAGED, "damaged") from None


def _walk(file: BinaryIO, parts: dict[str, zipfile.ZipInfo], names: dict[str, str], limits: FileLimits) -> Examined:
    left = limits.inflated_bytes
    errors: list[ErrorCell] = []
    for part, entry in parts.items():
        scan = WorksheetScan(names[part]) if part in names else None
        for piece in _pieces(file, entry):
            left -= len(piece)
            if left < 0:
                raise WorkbookRefused.because(_BOMB, "zip-bomb")
            if scan is not None:
                scan.look_at(piece)
        if scan is not None:
            errors.extend(scan.finish())
    return Examined(frozenset(names[part] for part in parts if part in names), tuple(errors))


def _parts(path: Path, limits: FileLimits) -> dict[str, zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise WorkbookRefused.because(_DAMAGED, "damaged") from None
    _refuse_bombs(entries, limits)
    parts = {entry.filename: entry for entry in entries}
    if len(parts) < len(entries):
        raise WorkbookRefused.because(_DAMAGED, "damaged")
    _refuse_other_kinds(parts)
    return parts


def _refuse_bombs(entries: list[zipfile.ZipInfo], limits: FileLimits) -> None:
    declared = sum(entry.file_size for entry in entries)
    too_many = len(entries) > limits.parts or declared > limits.inflated_bytes
    if too_many or any(_is_absurd(entry, limits) for entry in entries):
        raise WorkbookRefused.because(_BOMB, "zip-bomb")


def _is_absurd(entry: zipfile.ZipInfo, limits: FileLimits) -> bool:
    allowed = max(entry.compress_size, 1) * limits.inflation_ratio
    return entry.file_size > _RATIO_FROM_BYTES and entry.file_size > allowed


def _refuse_other_kinds(parts: dict[str, zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in parts.values()):
        raise WorkbookRefused.because(
            "The file is locked with a password. Take the password off and send it again.", "encrypted"
        )
    if all(name in parts for name in _WORKBOOK_PARTS):
        return
    seems = next((kind for name, kind in _OTHER_KINDS.items() if name in parts), "a zip archive")
    raise WorkbookRefused.because(
        f"The file is {seems}, not an Excel workbook (.xlsx). Save it as .xlsx, or send the export as it came.",
        "not-a-workbook",
    )


def _whole(file: BinaryIO, entry: zipfile.ZipInfo, limits: FileLimits) -> bytes:
    content = b""
    for piece in _pieces(file, entry):
        content += piece
        if len(content) > min(limits.inflated_bytes, 8 * _PIECE):
            raise WorkbookRefused.because(_BOMB, "zip-bomb")
    return content


def _pieces(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's real content in pieces of at most a mebibyte, whatever its declared size says."""
    seen, checksum = 0, 0
    for piece in _inflated(_packed(file, entry), entry.compress_type):
        seen += len(piece)
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if seen != entry.file_size or checksum != entry.CRC:
        raise zlib.error("the content differs from what the container declares")


def _packed(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    file.seek(entry.header_offset)
    signature, _, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    if signature != b"PK\x03\x04":
        raise zlib.error("no part begins where the container says")
    file.seek(name_length + extra_length, 1)
    left = entry.compress_size
    while left > 0:
        packed = file.read(min(_PIECE // 4, left))
        if not packed:
            raise zlib.error("the file ends within a part")
        left -= len(packed)
        yield packed


def _inflated(packed: Iterator[bytes], method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        yield from packed
        return
    if method != zipfile.ZIP_DEFLATED:
        raise zlib.error("a way of packing that workbooks don't use")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for waiting in packed:
        piece = inflater.decompress(waiting, _PIECE)
        while piece:
            yield piece
            piece = inflater.decompress(inflater.unconsumed_tail, _PIECE)
    if not inflater.eof:
        raise zlib.error("the part is cut short")
