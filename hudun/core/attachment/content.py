"""What a file is by its bytes, and whether something else rides in it."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator

from hudun.core.error import Problem

from . import errors as errors

JPEG, PNG, HEIC = "image/jpeg", "image/png", "image/heic"
PDF, DWG = "application/pdf", "image/vnd.dwg"
OOXML = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX = f"{OOXML}wordprocessingml.document", f"{OOXML}spreadsheetml.sheet"

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx"}
UNPACKED_MAX = 100 * 1024 * 1024

# Long enough that they do not occur in compressed picture data by chance.
SCRIPT = re.compile(
    rb"<script|<!doctype|<\?php\s|javascript:|<iframe|<foreignobject|\bonload\s*=|\bonerror\s*=",
    re.IGNORECASE,
)
PDF_SCRIPT = re.compile(rb"/JavaScript\b|/JS\s*[(<\d]|/Launch\b|/EmbeddedFile\b|/RichMedia\b")


def picture_type(data: bytes) -> str | None:
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return HEIC
    return None


def refuse_rider(data: bytes) -> None:
    """A picture that is also a page, a program or an archive is refused."""
    script = SCRIPT.search(data)
    if script:
        raise Problem("422.14", found=script.group().decode("ascii", "replace"))
    if b"%PDF-" in data[:1024]:
        raise Problem("422.14", found="PDF")
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise Problem("422.14", found="ZIP")


def refuse_unclean_png(data: bytes) -> None:
    """A PNG is its chunks, from the first to IEND, and nothing after."""
    for name, end in _chunks(data):
        if name == b"IEND":
            if end != len(data):
                raise Problem("422.14", found="PNG 末尾之后还有内容")
            return
    raise Problem("422.13")


def _chunks(data: bytes) -> Iterator[tuple[bytes, int]]:
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name, at = data[at + 4 : at + 8], at + 12 + length
        yield name, at


def document_type(data: bytes) -> str:
    """PDF, Word, Excel or AutoCAD; anything else is refused, and so is one with a program in it."""
    for magic, check in _DOCUMENTS.items():
        if data.startswith(magic):
            return check(data)
    raise Problem("415.2")


def _pdf(data: bytes) -> str:
    if b"%%EOF" not in data[-2048:]:
        raise Problem("422.18")
    script = PDF_SCRIPT.search(data)
    if script:
        raise Problem("422.14", found=script.group().decode("ascii", "replace"))
    return PDF


def _dwg(data: bytes) -> str:
    refuse_rider(data)
    return DWG


def _office(data: bytes) -> str:
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Problem("422.18") from error
    if sum(entry.file_size for entry in entries) > UNPACKED_MAX:
        raise Problem("413.3")
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".ole")) for name in names):
        raise Problem("422.14", found="宏")
    for part, media in (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX)):
        if part in names:
            return media
    raise Problem("415.2")


_DOCUMENTS: dict[bytes, Callable[[bytes], str]] = {
    b"%PDF-": _pdf,
    b"PK\x03\x04": _office,
    b"AC10": _dwg,
}
