"""The clock that a demonstration's processes live by: it can run fast and jump ahead."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from hudun.runtime import clock

LEAP_S = 0.05  # real seconds; time never runs backwards, so a leap is a steep slope


@dataclass(frozen=True)
class Clockwork:
    path: Path

    def begin(self, moment: float, rate: float = 1.0) -> None:
        clock.write_knots(self.path, [(time.time(), moment)], rate)

    def now(self) -> float:
        return clock.Course.from_json(self.path.read_text()).sim(time.time())

    def run(self, rate: float) -> None:
        self.begin(self.now(), rate)

    def leap(self, moment: float, rate: float = 1.0) -> None:
        """Be at ``moment`` at once, then run at ``rate``; never backwards."""
        real, present = time.time(), self.now()
        knots = [(real, present), (real + LEAP_S, max(moment, present))]
        clock.write_knots(self.path, knots, rate)
        time.sleep(LEAP_S)
