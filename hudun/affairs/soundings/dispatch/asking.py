"""Asking the database from an event loop, until it answers."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import Error as DatabaseError

from .store import reconnect

log = logging.getLogger(__name__)
T = TypeVar("T")

RETRY_EVERY = 0.25  # real seconds


class Asker:
    """One thread with a connection of its own; without a thread, the caller's."""

    def __init__(self, name: str, thread: bool) -> None:
        self._thread = ThreadPoolExecutor(1, f"dispatch-{name}") if thread else None

    async def __call__(self, question: Callable[[], T]) -> T:
        """A question may be asked twice: an answer may be lost on its way."""
        while True:
            try:
                return await self._run(question)
            except DatabaseError as error:
                log.warning("database: %s", error)
                await self._run(reconnect)
                await asyncio.sleep(RETRY_EVERY)

    async def _run(self, work: Callable[[], T]) -> T:
        if self._thread is None:
            return work()
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
