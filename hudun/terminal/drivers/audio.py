"""Sound through a loudspeaker: `aplay` plays, and where there is a microphone `arecord` hears."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence

from hudun.terminal.drivers.base import HOLD_S
from hudun.terminal.drivers.tone import RATE, Synth, hears_tone
from hudun.wire.frames import Evidence

log = logging.getLogger(__name__)

PLAYER = ("aplay", "-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "--buffer-time=200000")
RECORDER = ("arecord", "-q", "-t", "raw", "-f", "S16_LE", "-c", "1")
EAR_RATE = 8_000
BLOCK_S, LEAD_S = 0.02, 0.08  # what is written ahead is what a killed program still sounds
EAR_BLOCK = 2 * EAR_RATE // 10  # octets: ten looks a second
AGAIN_S = 1.0


class Audio:
    """The player gets no more than ``LEAD_S`` ahead: when this program dies, so does the sound."""

    def __init__(
        self, player: Sequence[str] = PLAYER, recorder: Sequence[str] | None = None
    ) -> None:
        self.kind = Evidence.MICROPHONE if recorder else Evidence.NONE
        self._player = (*player, "-r", str(RATE))
        self._recorder = (*recorder, "-r", str(EAR_RATE)) if recorder else None
        self._until = 0.0  # monotonic: sound ends then
        self._playing: Process | None = None
        self._heard: tuple[bool, float] | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        self._tasks = [asyncio.create_task(self._for_ever(self._play))]
        if self._recorder:
            self._tasks.append(asyncio.create_task(self._for_ever(self._listen)))

    def hold(self) -> None:
        self._until = time.monotonic() + HOLD_S

    def silence(self) -> None:
        self._until = 0.0

    def seen(self) -> bool | None:
        if self._heard is None or time.monotonic() - self._heard[1] > HOLD_S:
            return None
        return self._heard[0]

    async def self_test(self) -> bool:
        return self._playing is not None and self._playing.returncode is None

    async def close(self) -> None:
        self.silence()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _for_ever(self, work: object) -> None:
        assert callable(work)
        while True:
            try:
                await work()
            except OSError as error:
                log.error("声卡程序不能运行：%s", error)
            await asyncio.sleep(AGAIN_S)

    async def _play(self) -> None:
        process = await asyncio.create_subprocess_exec(*self._player, stdin=PIPE, stdout=DEVNULL)
        self._playing = process
        try:
            assert process.stdin is not None
            await self._feed(process.stdin)
        finally:
            await _end(process)

    async def _feed(self, pipe: asyncio.StreamWriter) -> None:
        synth, written = Synth(), 0
        began = time.monotonic()
        while not pipe.is_closing():
            now = time.monotonic()
            due = round((now - began + LEAD_S) * RATE) - written
            if due > 2 * LEAD_S * RATE:  # we were held up: what was missed is not made up for
                began, written, due = now, 0, round(LEAD_S * RATE)
            if due > 0:
                pipe.write(synth.render(due, now < self._until))
                written += due
                await pipe.drain()
            await asyncio.sleep(BLOCK_S)

    async def _listen(self) -> None:
        assert self._recorder is not None
        process = await asyncio.create_subprocess_exec(*self._recorder, stdout=PIPE)
        try:
            assert process.stdout is not None
            while block := await process.stdout.read(EAR_BLOCK):
                if len(block) % 2 == 0:
                    self._heard = hears_tone(block, EAR_RATE), time.monotonic()
        finally:
            await _end(process)


async def _end(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()
