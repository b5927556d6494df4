"""Simulated time, chance from one seed, and the moments at which a process may be killed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from random import Random

MOST_KILLS = 30  # by chance, in one story

Act = Callable[[], None]


@dataclass
class World:
    """``kill_at``: (number of the write, "before" or "after") instead of chance."""

    seed: int
    begins: float
    traced: bool = False
    kill_rate: float = 0.0
    kill_at: tuple[int, str] | None = None
    now: float = 0.0
    writes: int = 0
    kills: int = 0
    lines: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    _heap: list[tuple[float, int, Act]] = field(default_factory=list)
    _sequence: int = 0

    def __post_init__(self) -> None:
        self.now = self.begins
        self.chance = Random(self.seed)

    def at(self, when: float, act: Act) -> None:
        self._sequence += 1
        heappush(self._heap, (max(when, self.now), self._sequence, act))

    def after(self, delay: float, act: Act) -> None:
        self.at(self.now + delay, act)

    def run(self, until: float) -> None:
        while self._heap and self._heap[0][0] <= until:
            self.now, _, act = heappop(self._heap)
            act()
        self.now = until

    def happens(self, probability: float) -> bool:
        return self.chance.random() < probability

    def write(self, who: str) -> str | None:
        """A process is about to commit: whether it is killed "before" or "after", or lives."""
        self.writes += 1
        if self.kill_at is not None:
            side = self.kill_at[1] if self.kill_at[0] == self.writes else None
        else:
            killed = self.kills < MOST_KILLS and self.happens(self.kill_rate)
            side = self.chance.choice(("before", "after")) if killed else None
        if side:
            self.kills += 1
            self.note(f"{who}: killed {side} write {self.writes}")
        return side

    def note(self, text: str) -> None:
        if self.traced:
            self.lines.append(f"{self.now - self.begins:10.2f}  {text}")

    def violated(self, text: str) -> None:
        self.violations.append(text)
        self.note(f"VIOLATION {text}")
