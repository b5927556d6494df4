"""Arithmetic on spans of time."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[float, float]


def union(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        elif end > begin:
            joined.append((begin, end))
    return joined


def minus(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    left = list(spans)
    for hole_begin, hole_end in holes:
        cut = [(b, min(e, hole_begin)) for b, e in left] + [(max(b, hole_end), e) for b, e in left]
        left = [(b, e) for b, e in cut if e > b]
    return sorted(left)


def common(first: Iterable[Span], second: Iterable[Span]) -> float:
    """Seconds that lie in both; each is free of overlap in itself."""
    others = list(second)
    return sum(max(0.0, min(e, f) - max(b, a)) for b, e in first for a, f in others)


def length(spans: Iterable[Span]) -> float:
    return sum(end - begin for begin, end in spans)
