"""Only one dispatch per office: a lock that its death gives back at once.

On the machine it is a locked file; on PostgreSQL a session lock as well, for two machines.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from hudun.core.error import Problem

SPACE = 0x6875  # "hu": keeps the number apart from other users of session locks


@contextmanager
def only_one(office: int) -> Iterator[None]:
    """409.47 when another process holds it."""
    folder = Path(settings.VAR) / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"dispatch-{office}").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Problem("409.47", office=office) from error
        yield


class SessionLock:
    """Taken again whenever the connection is a new one."""

    def __init__(self) -> None:
        self._held_by: object = None

    def hold(self, office: int) -> None:
        """In the thread whose connection holds it. 409.47 when another machine was quicker."""
        if connection.vendor != "postgresql":
            return
        connection.ensure_connection()
        if connection.connection is self._held_by:
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [SPACE, office])
            if cursor.fetchone() != (True,):
                raise Problem("409.47", office=office)
        self._held_by = connection.connection
