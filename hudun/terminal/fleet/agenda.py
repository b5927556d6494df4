"""What is to happen when, for ten thousand terminals in one task."""

from __future__ import annotations

import asyncio
import contextlib
import heapq
from collections.abc import Callable
from itertools import count

from hudun.runtime import clock


class Agenda:
    """Calls functions at moments of `clock.now()`; ``ring`` makes it look again at once."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._bell = asyncio.Event()

    def at(self, moment: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._heap, (moment, next(self._order), act))
        if self._heap[0][0] == moment:
            self._bell.set()

    def ring(self) -> None:
        self._bell.set()

    def due(self) -> None:
        """Do what is due."""
        now = clock.now()
        while self._heap and self._heap[0][0] <= now:
            heapq.heappop(self._heap)[2]()

    async def wait(self) -> None:
        """Return when something is due, or somebody rang."""
        while not self._bell.is_set():
            left = self._heap[0][0] - clock.now() if self._heap else clock.LONGEST_NAP_S
            if left <= 0:
                break
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(clock.nap(left)):
                    await self._bell.wait()
        self._bell.clear()
