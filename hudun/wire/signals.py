"""The signals of the trade as strokes of sound and silence, in whole seconds.

Source: the national table (预先, 空袭, 解除: each 180 s); provincial 灾情 signals are rules.
Numbers from 32 on are free for an office's own signals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

Stroke = tuple[int, int]  # seconds on, seconds off


@dataclass(frozen=True)
class Pattern:
    """Strokes played one after the other, the whole repeated."""

    strokes: tuple[Stroke, ...]
    repeat: int

    @cached_property
    def seconds(self) -> int:
        """The announced length: all strokes, the trailing silence included."""
        return self.repeat * sum(on + off for on, off in self.strokes)

    @cached_property
    def on_seconds(self) -> int:
        """Seconds of sound."""
        return self.repeat * sum(on for on, _ in self.strokes)

    @cached_property
    def sound_seconds(self) -> int:
        """From the first sound to the end of the last one."""
        return self._spans[-1][1] if self._spans else 0

    @cached_property
    def _spans(self) -> tuple[tuple[int, int], ...]:
        spans, at = [], 0
        for on, off in self.strokes * self.repeat:
            if on:
                spans.append((at, at + on))
            at += on + off
        return tuple(spans)

    def edges(self, start: float) -> Iterator[tuple[float, float]]:
        """(on, off) times of every stroke of a signal that begins at ``start``."""
        return ((start + on, start + off) for on, off in self._spans)

    def on_at(self, offset: float) -> bool:
        """Whether there is sound ``offset`` seconds after the start."""
        return any(on <= offset < off for on, off in self._spans)

    def next_edge(self, offset: float) -> float:
        """The first offset after ``offset`` where sound begins or ends, else the length."""
        ahead = (edge for span in self._spans for edge in span if edge > offset)
        return next(ahead, float(self.seconds))

    def on_within(self, begin: float, end: float) -> float:
        """Seconds of sound due between two offsets from the start."""
        return sum(max(0.0, min(end, off) - max(begin, on)) for on, off in self._spans)


NATIONAL: Mapping[int, Pattern] = {
    1: Pattern(((36, 24),), 3),
    2: Pattern(((6, 6),), 15),
    3: Pattern(((180, 0),), 1),
}
PROVINCIAL: Mapping[int, Pattern] = {
    4: Pattern(((15, 10), (5, 10)), 3),
    5: Pattern(((3, 3),), 30),
    6: Pattern(((60, 30),), 2),
}
PATTERNS: Mapping[int, Pattern] = {**NATIONAL, **PROVINCIAL}
SIGNAL_NAMES: Mapping[int, str] = {
    1: "预先",
    2: "空袭",
    3: "解除",
    4: "灾情/胶州",
    5: "灾情/重庆",
    6: "灾情/浙江",
}
FIRST_FREE_SIGNAL = 32


def duration(programme: tuple[tuple[int, int], ...], patterns: Mapping[int, Pattern]) -> int:
    """Seconds from the start of a programme to the end of its last signal.

    Raises:
        KeyError: a signal has no pattern.
    """
    return max(at + patterns[signal].seconds for signal, at in programme)
