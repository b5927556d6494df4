"""Who could hear what: candidates × demand as two sparse lists, demand with equal cover merged."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from hudun.engines.jit import jit

from .answer import Floats, Integers


class Cover(NamedTuple):
    """Candidate j covers reached[first[j] : first[j + 1]]; demand d is covered by
    near[start[d] : start[d + 1]]; weight (n) of demand."""

    first: Integers
    reached: Integers
    start: Integers
    near: Integers
    weight: Floats

    @property
    def candidates(self) -> int:
        return len(self.first) - 1

    def of(self, candidate: int) -> Integers:
        return self.reached[self.first[candidate] : self.first[candidate + 1]]


def cover(sets: Iterable[Integers], weight: Floats) -> Cover:
    """sets: for each candidate the demand points it covers."""
    lists = [np.asarray(one, np.int64) for one in sets]
    first = np.concatenate([[0], np.cumsum([len(one) for one in lists])]).astype(np.int64)
    reached = np.concatenate([*lists, np.zeros(0, np.int64)])
    owner = np.repeat(np.arange(len(lists)), np.diff(first))
    order = np.argsort(reached, kind="stable")
    start = np.searchsorted(reached[order], np.arange(len(weight) + 1)).astype(np.int64)
    return Cover(first, reached, start, owner[order], np.asarray(weight, float))


def merged(given: Cover) -> tuple[Cover, Integers]:
    """The same question with demand of equal cover sets added up and demand that nobody reaches
    left out; and for each demand point its group (−1: left out)."""
    low, high = signatures(given.start, given.near)
    used = np.diff(given.start) > 0
    keys = np.rec.fromarrays([low[used], high[used]])
    _, index, inverse = np.unique(keys, return_index=True, return_inverse=True)
    group = np.full(len(given.weight), -1, np.int64)
    group[used] = inverse
    keepers = np.flatnonzero(used)[index]
    weight = np.bincount(group[used], given.weight[used], len(keepers)).astype(float)
    kept = np.full(len(given.weight), -1, np.int64)
    kept[keepers] = np.arange(len(keepers))
    mapped = kept[given.reached]
    owner = np.repeat(np.arange(given.candidates), np.diff(given.first))[mapped >= 0]
    sets = np.split(mapped[mapped >= 0], np.searchsorted(owner, np.arange(1, given.candidates)))
    return cover(sets, weight), group


@jit
def signatures(start: Integers, near: Integers) -> tuple[Integers, Integers]:
    """Two 63-bit hashes of each cover set; both equal by chance once in 10²⁵ for 10⁶ points."""
    count = start.size - 1
    low, high = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for demand in range(count):
        a, b = np.int64(0), np.int64(0)
        for index in range(start[demand], start[demand + 1]):
            x = (near[index] + 1) * np.int64(0x1E3779B97F4A7C15)
            x ^= x >> 29
            x *= np.int64(0x3F58476D1CE4E5B9)
            x ^= x >> 32
            a += x
            y = x * np.int64(0x14D049BB133111EB)
            b ^= y ^ (y >> 31)
        low[demand], high[demand] = a, b
    return low, high
