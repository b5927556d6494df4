"""Where the bytes lie: HUDUN_VAR/files/<first two>/<SHA-256>. A file there is whole or absent."""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from hudun.core.error import Problem

from . import errors as errors
from .admit import Admitted


def keep(admitted: Admitted) -> None:
    """Returns when the bytes survive loss of power. The same bytes are kept once."""
    _write(original_at(admitted.sha256), admitted.data)
    if admitted.small:
        _write(small_at(admitted.sha256), admitted.small)


def original(digest: str) -> bytes:
    """The bytes as they came; refuses to hand out what is no longer that."""
    try:
        data = original_at(digest).read_bytes()
    except FileNotFoundError as error:
        raise Problem("500.17") from error
    if sha256(data).hexdigest() != digest:
        raise Problem("500.17")
    return data


def original_at(digest: str) -> Path:
    return Path(settings.FILES_DIR) / digest[:2] / digest


def small_at(digest: str) -> Path:
    return original_at(digest).with_suffix(".small.jpg")


def _write(path: Path, data: bytes) -> None:
    """Aside, to the disk, then under its name."""
    if path.exists() and path.stat().st_size == len(data):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = NamedTemporaryFile(dir=path.parent, prefix=".", delete=False)  # noqa: SIM115
    try:
        with aside:
            aside.write(data)
            aside.flush()
            os.fsync(aside.fileno())
        Path(aside.name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(aside.name).unlink()
        raise
    for folder in (path.parent, path.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
