from __future__ import annotations

import asyncio
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudun.runtime import clock
from hudun.runtime.clock import Course


def test_without_a_file_it_is_the_machines_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(clock.VARIABLE, raising=False)
    assert abs(clock.now() - time.time()) < 0.1


def test_between_knots_time_is_linear_and_after_the_last_it_runs_at_the_rate() -> None:
    course = Course(((100, 0), (110, 1000), (120, 1010)), 50)
    assert [course.sim(real) for real in (99, 100, 105, 110, 115, 120, 121)] == [
        -1, 0, 500, 1000, 1005, 1010, 1060,
    ]  # fmt: skip


@given(st.lists(st.tuples(st.floats(0.1, 100), st.floats(0, 1e6)), min_size=1), st.floats(0, 1e4))
def test_time_never_runs_backwards(steps: list[tuple[float, float]], rate: float) -> None:
    knots, real, sim = [], 0.0, 0.0
    for real_step, sim_step in steps:
        real, sim = real + real_step, sim + sim_step
        knots.append((real, sim))
    course = Course(tuple(knots), rate)
    moments = [course.sim(real * k / 50) for k in range(75)]
    assert all(a <= b + 1e-6 for a, b in pairwise(moments))


@pytest.mark.parametrize(
    "knots", [[], [(1, 1), (1, 2)], [(2, 1), (1, 2)], [(1, 2), (2, 1)]], ids=str
)
def test_a_course_that_is_none_is_refused(knots: list[tuple[float, float]], tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        clock.write_knots(tmp_path / "clock", knots, 1)


def test_a_replaced_file_takes_effect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "clock"
    clock.write_knots(path, [(time.time(), 5000)], 1)
    monkeypatch.setenv(clock.VARIABLE, str(path))
    assert 5000 <= clock.now() < 5001
    clock.write_knots(path, [(time.time(), 90000)], 1)
    time.sleep(2 * clock.LOOK_EVERY_S)
    assert 90000 <= clock.now() < 90001


def test_a_sleeper_wakes_when_the_clock_jumps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "clock"
    clock.write_knots(path, [(time.time(), 0)], 1)
    monkeypatch.setenv(clock.VARIABLE, str(path))

    async def sleeper() -> float:
        nap = asyncio.create_task(clock.sleep_until(86400))
        await asyncio.sleep(0.05)
        clock.write_knots(path, [(time.time(), 86390)], 1000)
        began = time.monotonic()
        await nap
        return time.monotonic() - began

    assert asyncio.run(sleeper()) < 0.3
    assert clock.now() >= 86400
