"""A broker and its links: they drop, delay, duplicate, reorder and cut, and one listens in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hudun.wire.simulation.world import World

Deliver = Callable[[bytes, bool], None]


@dataclass(frozen=True, slots=True)
class Weather:
    """Probabilities of what happens to one message; seconds of delay."""

    drop: float = 0.0
    duplicate: float = 0.0
    slow: float = 0.0
    slowest: float = 20.0


@dataclass
class Line:
    """What lies between the broker and one terminal."""

    world: World
    weather: Weather
    up: bool = True
    on_up: Callable[[], None] = lambda: None
    down: list[tuple[float, float]] = field(default_factory=list)
    _since: float = 0.0

    def carry(self, frame: bytes, deliver: Deliver) -> None:
        """Bring a message over, or not; a line cut meanwhile loses it."""
        chance = self.world.chance
        copies = 2 if self.world.happens(self.weather.duplicate) else 1
        for _ in range(copies if self.up else 0):
            if self.world.happens(self.weather.drop):
                continue
            slow = self.world.happens(self.weather.slow)
            delay = chance.uniform(0.5, self.weather.slowest) if slow else chance.uniform(0.01, 0.2)
            self.world.after(delay, lambda: self._arrive(frame, deliver))

    def cut(self, seconds: float) -> None:
        if self.up:
            self.up, self._since = False, self.world.now
        self.world.after(seconds, self._mend)

    def _arrive(self, frame: bytes, deliver: Deliver) -> None:
        if self.up:
            deliver(frame, False)

    def _mend(self) -> None:
        if not self.up:
            self.up = True
            self.down.append((self._since, self.world.now))
            self.on_up()


@dataclass
class Overheard:
    """All that ever crossed the broker: what an enemy there can say again."""

    down: list[bytes] = field(default_factory=list)
    up: list[tuple[int, bytes]] = field(default_factory=list)
