"""The dead man's handle of a relay: a small process of its own that holds the coil.

It reads ``+`` (sound for ``HOLD_S`` more) and ``-`` (silence) from its standard input and writes
``1``, ``0`` or ``?`` (the read-back) to its standard output. When nobody renews, and when its
input ends because the terminal was killed, the coil goes off. Its first act is to switch it off.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import sys
import time

from hudun.terminal.drivers.base import HOLD_S
from hudun.terminal.drivers.relay import RENEW_S, Relay, Wiring, add_wiring

LOOK_S = 0.1
GIVE_UP_S = 600.0  # a relay that cannot be reached for so long: the next guard has it


class Guard:
    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._until = 0.0  # monotonic
        self._is_on: bool | None = None  # what was last written with success
        self._written_at = 0.0
        self._left_at: float | None = None  # when the terminal was gone
        self._bell = asyncio.Event()
        self._seen: bool | None = None

    def told(self, words: bytes) -> None:
        """No words at all: the terminal is gone."""
        if not words and self._left_at is None:
            self._left_at = time.monotonic()
        last = words[-1:]
        self._until = time.monotonic() + HOLD_S if last == b"+" and self._left_at is None else 0.0
        self._bell.set()

    async def run(self) -> None:
        """Until the terminal is gone and the coil is known to be off."""
        beating = asyncio.create_task(self._beat())
        while not self._done:
            await self._write(time.monotonic() < self._until)
            self._seen = await self._relay.sounds()
            _say(self._seen)
            wait = min(LOOK_S, max(0.0, self._until - time.monotonic()) or LOOK_S)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._bell.wait()
            self._bell.clear()
        beating.cancel()
        self._relay.close()

    @property
    def _done(self) -> bool:
        if self._left_at is None:
            return False
        return self._is_on is False or time.monotonic() - self._left_at > GIVE_UP_S

    async def _beat(self) -> None:
        """A relay that is slow to answer must not make its guard look dead."""
        while True:
            await asyncio.sleep(LOOK_S)
            _say(self._seen)

    async def _write(self, on: bool) -> None:
        """Again and again: a pulse has to be renewed, and a coil that others set be reset."""
        now = time.monotonic()
        if on is self._is_on and now - self._written_at < RENEW_S:
            return
        written = await (self._relay.on() if on else self._relay.off())
        self._is_on = on if written else None
        self._written_at = now


def _say(seen: bool | None) -> None:
    with contextlib.suppress(OSError):  # nobody listens any more: the input will say so
        os.write(sys.stdout.fileno(), {True: b"1", False: b"0", None: b"?"}[seen])


async def _main(wiring: Wiring) -> None:
    guard = Guard(Relay(wiring))
    loop = asyncio.get_running_loop()
    os.set_blocking(sys.stdin.fileno(), False)

    def heard() -> None:
        words = os.read(sys.stdin.fileno(), 4096)
        if not words:
            loop.remove_reader(sys.stdin.fileno())
        guard.told(words)

    loop.add_reader(sys.stdin.fileno(), heard)
    await guard.run()


def main(argv: list[str]) -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it goes when the terminal goes, not before
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    parser = argparse.ArgumentParser("hudun terminal-guard", description="继电器看守")
    add_wiring(parser)
    asyncio.run(_main(Wiring.of(parser.parse_args(argv))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
