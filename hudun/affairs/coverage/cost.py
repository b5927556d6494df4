"""What a run will cost, before anything is read. Plain numbers: web asks for it."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from dataclasses import dataclass

PAIRS_PER_SECOND = 30_000.0
"""Of one core, with ways round the sides: what a plan reckons with."""
BASE_MB = 300.0
MOST_PAIRS = 100_000_000
"""More than this is only planned."""
MOST_MB = 4_096.0
HANDY = 200_000
"""Receivers with which dragging a siren is quick."""
STEPS_M = (5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200)
METRES_PER_DEGREE = 111_320.0
MARGIN_M = 50.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Cost:
    sirens: int
    receivers: int
    cores: int

    @property
    def pairs(self) -> int:
        return self.sirens * self.receivers

    @property
    def seconds(self) -> float:
        return self.pairs / PAIRS_PER_SECOND / self.cores

    @property
    def megabytes(self) -> float:
        return self.pairs * 4 / 2**20 + self.receivers * 200 / 2**20 + BASE_MB

    @property
    def too_much(self) -> bool:
        return self.pairs > MOST_PAIRS or self.megabytes > MOST_MB

    def __str__(self) -> str:
        return (
            f"计划：{self.sirens} 台 × {self.receivers:,} 个接收点 = {self.pairs:,} 对，"
            f"{self.cores} 核约 {self.seconds:,.0f} 秒，内存约 {self.megabytes:,.0f} MB"
        )


@dataclass(frozen=True)
class Extent:
    """Metres east–west and north–south that a grid must cover."""

    wide: float
    high: float

    def cost(self, step: float, sirens: int) -> Cost:
        receivers = math.ceil(self.wide / step) * math.ceil(self.high / step)
        return Cost(sirens, receivers, os.cpu_count() or 1)

    def step_for(self, sirens: int, receivers: int = HANDY) -> int:
        """The finest usual step with at most so many receivers, and within what is allowed."""
        fits = (
            step
            for step in STEPS_M
            if (cost := self.cost(step, sirens)).receivers <= receivers and not cost.too_much
        )
        return next(fits, STEPS_M[-1])


def extent_of(boxes: Iterable[Box], points: Iterable[tuple[float, float]], reach: float) -> Extent:
    """Of the layers that say how far the town goes; else all within reach of a siren."""
    given = list(boxes)
    margin = MARGIN_M
    if not given:
        given, margin = [(lon, lat, lon, lat) for lon, lat in points], reach
    west, south = min(box[0] for box in given), min(box[1] for box in given)
    east, north = max(box[2] for box in given), max(box[3] for box in given)
    squeeze = math.cos(math.radians((south + north) / 2.0))
    wide = (east - west) * METRES_PER_DEGREE * squeeze + 2 * margin
    return Extent(wide, (north - south) * METRES_PER_DEGREE + 2 * margin)
