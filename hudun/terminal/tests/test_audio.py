"""The loudspeaker driver with a player that writes down what it is given, and when."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from hudun.terminal.drivers.audio import Audio
from hudun.terminal.drivers.base import HOLD_S
from hudun.terminal.drivers.tone import RATE, Synth
from hudun.wire.frames import Evidence

PLAYER = """
import os, sys, time
with open(sys.argv[1], "wb", buffering=0) as file:
    while block := os.read(0, 65536):
        file.write(block)
"""
RECORDER = """
import sys, time
sound = open(sys.argv[1], "rb").read()
while True:
    sys.stdout.buffer.write(sound[:1600]); sys.stdout.buffer.flush(); time.sleep(0.05)
"""


def player(path: Path) -> list[str]:
    return [sys.executable, "-c", PLAYER, str(path)]


def seconds_of_sound(path: Path) -> float:
    samples = np.frombuffer(path.read_bytes()[: path.stat().st_size // 2 * 2], "<i2")
    return float((np.abs(samples) > 1000).sum() / 0.97 / RATE)


async def test_it_sounds_while_it_is_renewed_and_no_longer(tmp_path: Path) -> None:
    path = tmp_path / "played"
    audio = Audio(player(path))
    await audio.start()
    await asyncio.sleep(0.3)
    for _ in range(10):
        audio.hold()
        await asyncio.sleep(0.1)
    await asyncio.sleep(HOLD_S + 0.3)
    assert await audio.self_test()
    await audio.close()
    assert 1.7 < seconds_of_sound(path) < 2.2
    assert audio.seen() is None and audio.kind is Evidence.NONE


async def test_silence_is_at_once(tmp_path: Path) -> None:
    path = tmp_path / "played"
    audio = Audio(player(path))
    await audio.start()
    await asyncio.sleep(0.3)
    audio.hold()
    await asyncio.sleep(0.5)
    audio.silence()
    await asyncio.sleep(0.5)
    await audio.close()
    assert 0.3 < seconds_of_sound(path) < 0.75


async def test_the_microphone_is_the_evidence(tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    samples = np.frombuffer(Synth().render(2 * RATE, True), "<i2")[1600::2]
    heard.write_bytes(samples.tobytes())
    audio = Audio(player(tmp_path / "played"), [sys.executable, "-c", RECORDER, str(heard)])
    await audio.start()
    await asyncio.sleep(1)
    assert audio.seen() is True and audio.kind is Evidence.MICROPHONE
    await audio.close()
    await asyncio.sleep(HOLD_S)
    assert audio.seen() is None


async def test_a_sound_card_that_is_missing_is_told(tmp_path: Path) -> None:
    audio = Audio([str(tmp_path / "no player")])
    await audio.start()
    audio.hold()
    await asyncio.sleep(0.1)
    assert not await audio.self_test()
    await audio.close()


HOLDER = """
import asyncio, sys
from hudun.terminal.drivers.audio import Audio
async def main():
    audio = Audio(sys.argv[1:])
    await audio.start()
    while True:
        audio.hold()
        await asyncio.sleep(0.1)
asyncio.run(main())
"""


def test_a_killed_program_falls_silent(tmp_path: Path) -> None:
    """The player holds no more than a fraction of a second when its feeder dies."""
    path = tmp_path / "played"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, *player(path)], env=environment)
    began = time.monotonic()
    while not path.exists() or path.stat().st_size < RATE:
        assert time.monotonic() - began < 10
        time.sleep(0.02)
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    time.sleep(0.2)
    size = path.stat().st_size
    time.sleep(1)
    assert path.stat().st_size == size
