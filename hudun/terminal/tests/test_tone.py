"""The sound on the WAV, by NumPy and by sox: neither of them made it."""

from __future__ import annotations

import shutil
import subprocess
import wave
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from hudun.terminal import cli
from hudun.terminal.drivers.tone import RAMP, RATE, Synth, hears_tone
from hudun.wire.signals import PATTERNS, SIGNAL_NAMES

FRAME = RATE // 100  # 10 ms

Samples = NDArray[np.float64]


@pytest.fixture(scope="module", params=[1, 2, 3, 5])
def recorded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[int, Path]:
    path = tmp_path_factory.mktemp("wav") / "signal.wav"
    assert cli.main(["--wav", str(path), "--signal", SIGNAL_NAMES[request.param]]) == 0
    return request.param, path


def samples_of(path: Path) -> Samples:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)


def goertzel(block: Samples, frequency: float) -> float:
    """Power at a frequency: the definition, not the recursion of the program."""
    turn = np.exp(-2j * np.pi * frequency * np.arange(len(block)) / RATE)
    return float(2 * abs(block @ turn) ** 2 / len(block) ** 2)


def test_edges_are_where_the_pattern_says(recorded: tuple[int, Path]) -> None:
    number, path = recorded
    samples = samples_of(path)
    assert len(samples) == PATTERNS[number].seconds * RATE
    blocks = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    loud = np.array([goertzel(block, 500) for block in blocks]) > 1e6
    turns = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(int))) * 0.01
    wanted = [edge for stroke in PATTERNS[number].edges(0) for edge in stroke]
    assert len(turns) == len(wanted)
    assert np.abs(turns - np.array(wanted)).max() <= 0.05


def test_the_tone_is_500_hertz_and_nothing_else(recorded: tuple[int, Path]) -> None:
    samples = samples_of(recorded[1])
    second = samples[RATE : 2 * RATE]
    spectrum = np.abs(np.fft.rfft(second)) ** 2
    assert abs(int(spectrum.argmax()) - 500) <= 1
    assert spectrum[480:521].sum() / spectrum.sum() > 0.999


def test_ramps_do_not_click(recorded: tuple[int, Path]) -> None:
    number, path = recorded
    samples = samples_of(path)
    on, off = next(PATTERNS[number].edges(0))
    steepest = np.abs(np.diff(samples[RATE : 2 * RATE])).max()
    for edge in (on, off):
        around = samples[max(0, round(edge * RATE) - RAMP) : round(edge * RATE) + 2 * RAMP]
        assert np.abs(np.diff(around)).max() <= 1.05 * steepest
    assert RAMP <= RATE // 100


@pytest.mark.skipif(shutil.which("sox") is None, reason="sox is not installed")
def test_sox_hears_it_too(recorded: tuple[int, Path]) -> None:
    _, path = recorded
    done = subprocess.run(
        ["sox", str(path), "-n", "trim", "1", "1", "stat"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    rough = next(line for line in done.stderr.splitlines() if "Rough" in line)
    assert abs(int(rough.split()[-1]) - 500) <= 20
    silence = ["highpass", "400", "silence", "1", "0.005", "1%", "1", "0.5", "1%"]
    first = subprocess.run(
        ["sox", str(path), "-n", *silence, "stat"], capture_output=True, text=True, check=True
    )
    length = next(line for line in first.stderr.splitlines() if "Length" in line)
    on, off = next(PATTERNS[recorded[0]].edges(0))
    assert abs(float(length.split()[-1]) - (off - on)) <= 0.55  # sox waits for half a second


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 900), st.booleans()), min_size=1, max_size=12))
def test_however_time_is_cut_the_sound_is_the_same(cuts: list[tuple[int, bool]]) -> None:
    whole, pieces = Synth(), Synth()
    for samples, on in cuts:
        half = samples // 2
        cut = pieces.render(half, on) + pieces.render(samples - half, on)
        assert whole.render(samples, on) == cut


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 900), st.booleans()), min_size=1, max_size=12))
def test_no_sample_jumps(cuts: list[tuple[int, bool]]) -> None:
    synth = Synth()
    sound = b"".join(synth.render(samples, on) for samples, on in cuts)
    values = np.frombuffer(sound, "<i2").tolist()
    assert all(abs(a - b) < 6000 for a, b in pairwise([0, *values]))


def test_the_ear_hears_the_tone_and_nothing_else() -> None:
    noise = np.random.default_rng(1).normal(0, 3000, 1600)
    at = np.arange(1600) / 8000
    tone = 8000 * np.sin(2 * np.pi * 515 * at)
    other = 8000 * np.sin(2 * np.pi * 700 * at)

    def hears(sound: Samples) -> bool:
        return hears_tone(sound.astype("<i2").tobytes(), 8000)

    assert hears(tone) and hears(tone + noise)
    assert not hears(noise) and not hears(other) and not hears(tone / 1000)
    assert not hears_tone(b"", 8000)


def test_an_unknown_signal_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["--wav", str(tmp_path / "x.wav"), "--signal", "报时"]) == 2
    assert "报时" in capsys.readouterr().err
