"""The 500 Hz signal as samples, and an ear for it. 16 bit, mono, little-endian."""

from __future__ import annotations

import sys
import wave
from array import array
from functools import cache
from math import cos, pi, sin
from pathlib import Path

from hudun.wire.signals import Pattern

FREQUENCY = 500  # Hz (the standard: ± 20)
RATE = 16_000  # samples a second: 32 to a period
RAMP = RATE * 8 // 1000  # samples: 8 ms of raised cosine keep the loudspeaker from clicking
PEAK = 26_000
PERIOD = RATE // FREQUENCY


@cache
def _period() -> tuple[int, ...]:
    return tuple(round(PEAK * sin(2 * pi * n / PERIOD)) for n in range(PERIOD))


@cache
def _gains() -> tuple[float, ...]:
    """From silence (0) to full (RAMP)."""
    return tuple((1 - cos(pi * n / RAMP)) / 2 for n in range(RAMP + 1))


class Synth:
    """Renders on and off without a click, however the time is cut into blocks."""

    def __init__(self) -> None:
        self._phase = 0
        self._gain = 0  # index into the gains

    def render(self, samples: int, on: bool) -> bytes:
        target = RAMP if on else 0
        ramp = min(samples, abs(target - self._gain))
        step = 1 if on else -1
        block = array("h", [self._sample(self._gain + step * n) for n in range(ramp)])
        self._gain += step * ramp
        block += self._steady(samples - ramp, on)
        if sys.byteorder == "big":
            block.byteswap()
        return block.tobytes()

    def _sample(self, gain: int) -> int:
        value = _period()[self._phase]
        self._phase = (self._phase + 1) % PERIOD
        return round(value * _gains()[gain])

    def _steady(self, samples: int, on: bool) -> array[int]:
        if not on:
            return array("h", bytes(2 * samples))
        wheel = array("h", _period())
        turned = wheel[self._phase :] + wheel[: self._phase]
        self._phase = (self._phase + samples) % PERIOD
        return (turned * (samples // PERIOD + 1))[:samples]


def write_wav(path: str | Path, pattern: Pattern) -> None:
    """The whole signal, its trailing silence included."""
    synth = Synth()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        at = 0
        for on, off in pattern.edges(0):
            file.writeframes(synth.render(round(on * RATE) - at, False))
            file.writeframes(synth.render(round((off - on) * RATE), True))
            at = round(off * RATE)
        file.writeframes(synth.render(pattern.seconds * RATE - at, False))


def hears_tone(block: bytes, rate: int, *, floor: float = 200.0, share: float = 0.3) -> bool:
    """Whether the tone makes up ``share`` of the power of a block that is louder than ``floor``.

    ``floor`` is the root mean square of 16-bit samples. Listens in windows of 20 ms, whose width
    of ± 25 Hz is about what the standard allows a siren to be off.
    """
    samples, window = array("h", block), rate // 50
    windows = [samples[at : at + window] for at in range(0, len(samples) - window + 1, window)]
    if not windows:
        return False
    total = sum(sample * sample for each in windows for sample in each) / window / len(windows)
    power = sum(_goertzel(each, rate) for each in windows) / len(windows)
    return total > floor**2 and power > share * total


def _goertzel(samples: array[int], rate: int) -> float:
    """The mean power at 500 Hz."""
    coefficient = 2 * cos(2 * pi * FREQUENCY / rate)
    before = last = 0.0
    for sample in samples:
        before, last = last, sample + coefficient * last - before
    return 2 * (last**2 + before**2 - coefficient * last * before) / len(samples) ** 2
