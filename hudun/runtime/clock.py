"""The one clock of every process.

Without ``HUDUN_CLOCK`` it is the machine's. With it, the named file maps real time to the time
that the programs live in, so that a day passes in seconds: JSON
``{"knots": [[real, sim], …], "rate": r}``, linear between knots, ``rate`` after the last and
1 before the first. The file is read again when it was replaced.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

VARIABLE = "HUDUN_CLOCK"
LOOK_EVERY_S = 0.02  # real seconds between looks at the file
LONGEST_NAP_S = 0.5  # real seconds; a machine's clock may be set while somebody sleeps

Knot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Course:
    """How simulated time runs over real time."""

    knots: tuple[Knot, ...]
    rate: float

    def __post_init__(self) -> None:
        rising = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(self.knots))
        if not self.knots or not rising or self.rate < 0:
            raise ValueError("knots must rise in real time and never fall in simulated time")

    @classmethod
    def from_json(cls, text: str) -> Course:
        whole = json.loads(text)
        knots = tuple((float(real), float(sim)) for real, sim in whole["knots"])
        return cls(knots, float(whole["rate"]))

    def to_json(self) -> str:
        return json.dumps({"knots": self.knots, "rate": self.rate})

    def sim(self, real: float) -> float:
        before = bisect_right(self.knots, real, key=lambda knot: knot[0])
        if before == 0:
            return self.knots[0][1] + (real - self.knots[0][0])
        real_0, sim_0 = self.knots[before - 1]
        if before == len(self.knots):
            return sim_0 + (real - real_0) * self.rate
        real_1, sim_1 = self.knots[before]
        return sim_0 + (real - real_0) * (sim_1 - sim_0) / (real_1 - real_0)


class _Watch:
    """The course in a file, looked at no oftener than every ``LOOK_EVERY_S``."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._file = Path(path)
        self._stamp: tuple[int, int] | None = None
        self._looked = time.monotonic()
        self._look()  # before another thread asks

    def course(self) -> Course:
        tick = time.monotonic()
        if tick - self._looked >= LOOK_EVERY_S:
            self._looked = tick
            self._look()
        return self._course

    def _look(self) -> None:
        seen = self._file.stat()
        stamp = (seen.st_mtime_ns, seen.st_ino)
        if stamp != self._stamp:
            self._course: Course = Course.from_json(self._file.read_text())
            self._stamp = stamp


_watch: _Watch | None = None


def now() -> float:
    """Seconds since 1970-01-01 UTC in the time that this process lives in."""
    course = _course()
    return time.time() if course is None else course.sim(time.time())


async def sleep_until(moment: float) -> None:
    """Return when ``now()`` has reached ``moment``, also when the clock is changed meanwhile."""
    while (left := moment - now()) > 0:  # noqa: ASYNC110  (a clock rings no bell)
        await asyncio.sleep(nap(left))


async def sleep(seconds: float) -> None:
    await sleep_until(now() + seconds)


def nap(seconds: float) -> float:
    """Real seconds that one may sleep now without missing a moment ``seconds`` ahead.

    Never long: the course of simulated time, or the machine's clock, may be changed meanwhile.
    """
    course = _course()
    if course is None:
        return min(max(0.0, seconds), LONGEST_NAP_S)
    past_knots = time.time() >= course.knots[-1][0]
    if not past_knots or course.rate == 0:
        return LOOK_EVERY_S
    return min(max(0.0, seconds) / course.rate, LOOK_EVERY_S)


def write_knots(path: str | Path, knots: Sequence[Knot], rate: float) -> None:
    """Replace the clock file in one step, so that no reader sees half of it."""
    course = Course(tuple((float(real), float(sim)) for real, sim in knots), rate)
    path = Path(path)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w") as file:
        file.write(course.to_json())
    Path(temporary).replace(path)


def _course() -> Course | None:
    global _watch
    path = os.environ.get(VARIABLE)
    if not path:
        return None
    if _watch is None or _watch.path != path:
        _watch = _Watch(path)
    return _watch.course()
