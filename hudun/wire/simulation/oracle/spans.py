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


def both(first: Iterable[Span], second: Iterable[Span]) -> list[Span]:
    """What lies in one span of each."""
    others = list(second)
    shared = [(max(b, a), min(e, f)) for b, e in first for a, f in others]
    return [(begin, end) for begin, end in shared if end > begin]


def common(first: Iterable[Span], second: Iterable[Span]) -> float:
    """Seconds that lie in both; each is free of overlap in itself."""
    return length(both(first, second))


def length(spans: Iterable[Span]) -> float:
    return sum(end - begin for begin, end in spans)
