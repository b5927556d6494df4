"""A motor siren behind a relay module; the guard process holds the coil (see `guard`)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import time
from asyncio.subprocess import PIPE, Process

from hudun.terminal.drivers.relay import Relay, Wiring
from hudun.wire.frames import Evidence

log = logging.getLogger(__name__)

MUTE_S = 0.8  # a guard that says nothing for so long is replaced
START_S = 10.0  # but a new one may take its time to start
AGAIN_S = 0.05
LEAVE_S = 2.0
SEEN = {b"1": True, b"0": False}


class Modbus:
    """Renewals go to the guard, the read-back comes from it. A dead guard is replaced at once."""

    kind = Evidence.RELAY

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._command = [
            sys.executable, "-m", "hudun.terminal.drivers.guard", *wiring.words()
        ]  # fmt: skip
        self._guard: Process | None = None
        self._seen: tuple[bool | None, float] = None, 0.0
        self._keeping: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()

    async def start(self) -> None:
        """Returns when the guard has spoken: its first act was to switch the coil off."""
        self._keeping = asyncio.create_task(self._keep())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(START_S):
                await self._ready.wait()

    def hold(self) -> None:
        self._tell(b"+")

    def silence(self) -> None:
        self._tell(b"-")

    def seen(self) -> bool | None:
        seen, at = self._seen
        return seen if time.monotonic() - at < MUTE_S else None

    async def self_test(self) -> bool:
        """The relay module answers, and the contactor is where it should be."""
        return self.seen() is False

    async def close(self) -> None:
        """The guard's input ends: it switches off, and goes when the coil is off."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        if self._guard is not None and self._guard.stdin is not None:
            self._guard.stdin.close()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LEAVE_S):
                    await self._guard.wait()

    def _tell(self, word: bytes) -> None:
        guard = self._guard
        if guard is not None and guard.stdin is not None and not guard.stdin.is_closing():
            guard.stdin.write(word)

    async def _keep(self) -> None:
        while True:
            # A session of its own: what ends the terminal's group does not end its guard.
            self._guard = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, start_new_session=True
            )
            await self._listen(self._guard)
            log.error("继电器看守中断，重新启动")
            with contextlib.suppress(ProcessLookupError):
                self._guard.kill()
            await self._guard.wait()
            await self._switch_off()  # a new guard takes its time to start
            await asyncio.sleep(AGAIN_S)

    async def _switch_off(self) -> None:
        relay = Relay(self._wiring)
        await relay.off()
        relay.close()

    async def _listen(self, guard: Process) -> None:
        assert guard.stdout is not None
        patience = START_S
        while True:
            try:
                async with asyncio.timeout(patience):
                    words = await guard.stdout.read(256)
            except TimeoutError:
                return
            if not words:
                return
            patience = MUTE_S
            self._seen = SEEN.get(words[-1:]), time.monotonic()
            self._ready.set()
