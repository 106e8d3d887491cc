"""What a file really is, by its content: told before anything tries to open it as a workbook."""

from dataclasses import dataclass
from pathlib import Path

from .refusal import WorkbookRefused

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_SAVE_AGAIN = "Open it in Excel, save it as an Excel workbook (.xlsx) and send that, or send the export as it came."
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class FileLimits:
    """How large a workbook may be before it is refused unread.

    The national file (250,000 cases, 15,000 practitioners) is about 30 MiB, inflated 0.5 GiB, ratio below 40.

    Attributes:
        file_bytes: size of the file itself.
        inflated_bytes: size of everything in it once unpacked.
        parts: number of parts in the zip container.
        inflation_ratio: how many times larger than packed one part may be, once it is above 32 MiB.
    """

    file_bytes: int = 150 * _MEBIBYTE
    inflated_bytes: int = 3 * 1024 * _MEBIBYTE
    parts: int = 1_000
    inflation_ratio: int = 250


def require_zip(path: Path, limits: FileLimits) -> None:
    """Refuse, by size and by first bytes, a file that can't be an xlsx.

    Raises:
        WorkbookRefused: missing, empty, too large, or another kind of file; the reason says what it seems to be.
    """
    size = _size(path)
    if size > limits.file_bytes:
        raise WorkbookRefused.because(
            f"The file is too large: {size / _MEBIBYTE:,.1f} MB, and the limit is"
            f" {limits.file_bytes / _MEBIBYTE:,.1f} MB. Check that it is the national workload extract.",
            "file-too-large",
        )
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.startswith(_ZIP):
        raise WorkbookRefused.because(_what_it_seems(path, head), "not-a-workbook")


def _size(path: Path) -> int:
    try:
        size = path.stat().st_size
    except OSError:
        raise WorkbookRefused.because(
            f"There is no readable file at {path}. Check the path.", "file-not-found"
        ) from None
    if not path.is_file():
        raise WorkbookRefused.because(f"{path} isn't a file. Give the path of the workbook.", "file-not-found")
    return size


def _what_it_seems(path: Path, head: bytes) -> str:
    if not head:
        return "The file is empty. Send the export again."
    if head.startswith(_OLD_OFFICE):
        return _old_office(path)
    if head.startswith(_EMPTY_ZIP):
        return f"The file is an empty zip archive, not a workbook. {_SAVE_AGAIN}"
    if head.startswith(b"%PDF"):
        return f"The file is a PDF, not a workbook. {_SAVE_AGAIN}"
    return _what_text_it_seems(head)


def _old_office(path: Path) -> str:
    if _ENCRYPTED_STREAM in path.read_bytes():
        return "The workbook is locked with a password. Take the password off in Excel, save it and send it again."
    return f"The file is an old Excel workbook (.xls), not an .xlsx. {_SAVE_AGAIN}"


def _what_text_it_seems(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        return f"The file is a web page, not a workbook. {_SAVE_AGAIN}"
    if start.startswith(b"<?xml"):
        return f"The file is an XML text, not a workbook. {_SAVE_AGAIN}"
    if _is_text(head):
        seems = "a CSV text" if any(mark in head for mark in b",;\t") else "a plain text"
        return f"The file is {seems}, not a workbook, whatever its name says. {_SAVE_AGAIN}"
    return f"The file isn't an Excel workbook. {_SAVE_AGAIN}"


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 9 or 13 < byte < 27 for byte in head)
