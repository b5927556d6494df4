"""Judging what was uploaded before anything is kept.

The bytes are looked at here; pixels are decoded in a child process with bounds on memory and time
(see `decoder.py`), two at once, so that the web process never grows by a picture.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from hudun.core.error import Problem

from .content import HEIC, JPEG, PNG, document_type, picture_type, refuse_rider, refuse_unclean_png

MB = 1024 * 1024
MAX_BYTES = 32 * MB
MAX_PIXELS = 120_000_000
MEMORY = 640 * MB  # a HEIC of 48 megapixels opens in 400
CPU_S = 20
PATIENCE_S = 90  # on a busy machine; the processor time is bounded apart

DECODER = Path(__file__).with_name("decoder.py")
FORMATS = {JPEG: "JPEG", PNG: "PNG", HEIC: "HEIF"}
_two_at_once = BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Admitted:
    """Good to keep. `small` is a JPEG of at most 800 pixels, empty for what is no picture."""

    data: bytes
    sha256: str
    media_type: str
    width: int | None = None
    height: int | None = None
    small: bytes = b""

    @property
    def size(self) -> int:
        return len(self.data)


def admit_photo(data: bytes) -> Admitted:
    """JPEG, PNG or HEIC, whole, without riders. Call it outside a transaction: it takes time."""
    _check_size(data)
    media = picture_type(data)
    if media is None:
        raise Problem("415.1")
    refuse_rider(data)
    if media == PNG:
        refuse_unclean_png(data)
    said, small = _decode(FORMATS[media], data)
    return Admitted(data, _digest(data), media, said["width"], said["height"], small)


def admit_file(data: bytes) -> Admitted:
    """A picture as above, or a PDF, Word, Excel or AutoCAD file without a program in it."""
    _check_size(data)
    if picture_type(data):
        return admit_photo(data)
    return Admitted(data, _digest(data), document_type(data))


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _check_size(data: bytes) -> None:
    if not data:
        raise Problem("422.19")
    if len(data) > MAX_BYTES:
        size = f"{len(data) / MB:.1f} MB"
        raise Problem("413.1", size=size, limit=f"{MAX_BYTES // MB} MB")


def _decode(kind: str, data: bytes) -> tuple[dict[str, Any], bytes]:
    head, _, small = _child(kind, data).partition(b"\n")
    said: dict[str, Any] = json.loads(head)
    match said.get("refused"):
        case None:
            return said, small
        case "pixels":
            width, height = said["width"], said["height"]
            ten_thousands = f"{width * height // 10_000:,}"
            limit = f"{MAX_PIXELS // 10_000:,}"
            raise Problem("413.2", width=width, height=height, pixels=ten_thousands, limit=limit)
        case "memory":
            raise Problem("413.3")
        case _:
            raise Problem("422.13")


def _child(kind: str, data: bytes) -> bytes:
    command = [sys.executable, "-I", str(DECODER), kind, *map(str, (MAX_PIXELS, MEMORY, CPU_S))]
    with _two_at_once:
        try:
            done = subprocess.run(
                command, input=data, capture_output=True, timeout=PATIENCE_S, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise Problem("413.3") from error
    if done.returncode or not done.stdout:
        raise Problem("413.3")
    return done.stdout
