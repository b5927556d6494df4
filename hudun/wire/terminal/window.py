"""The anti-replay window of RFC 4303 §3.4.3: the highest counter and the 64 below it."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 64


@dataclass(frozen=True, slots=True)
class Window:
    """``bits`` has bit i set when counter ``highest - i`` was used; counters start at 1."""

    highest: int = 0
    bits: int = 0

    def used(self, counter: int) -> bool:
        """Whether the counter was used, or is too old to know."""
        behind = self.highest - counter
        if behind < 0:
            return False
        return behind > WIDTH or bool(self.bits >> behind & 1)

    def mark(self, counter: int) -> Window:
        ahead = counter - self.highest
        mask = (1 << WIDTH + 1) - 1
        if ahead > WIDTH:
            return Window(counter, 1)
        if ahead > 0:
            return Window(counter, (self.bits << ahead | 1) & mask)
        return Window(self.highest, self.bits | 1 << -ahead)
