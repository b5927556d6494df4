"""A photo on its way: what has come so far lies in a file until it is whole."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from hudun.core import clock

FORGOTTEN = timedelta(days=14)


class Upload:
    """One at a time may write: a phone that gave up waiting may send again while the first
    sending is still being read."""

    def __init__(self, photo: UUID) -> None:
        self.path = folder() / f"{photo}.part"

    @property
    def received(self) -> int:
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    @contextmanager
    def held(self) -> Iterator[None]:
        with self.path.with_suffix(".lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def append(self, offset: int, data: bytes, whole: int) -> int:
        """Adds what continues what is here, and no more than the whole; returns what is here."""
        here = self.received
        if offset == here and data:
            with self.path.open("ab") as file:
                file.write(data[: whole - here])
        return self.received

    def data(self) -> bytes:
        return self.path.read_bytes()

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)
        self.path.with_suffix(".lock").unlink(missing_ok=True)


def folder() -> Path:
    path = Path(settings.FILES_DIR) / "uploads"
    path.mkdir(parents=True, exist_ok=True)
    return path


def sweep() -> int:
    """Photos whose phone has not been heard of for two weeks begin anew when it comes back."""
    long_ago = (clock.wall() - FORGOTTEN).timestamp()
    old = [path for path in folder().iterdir() if path.stat().st_mtime < long_ago]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
