"""Where the minutes go: warning + start + walk + queues on the way + door."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .queue import Floats, Groups, Ints, Links, Times


@dataclass(frozen=True, slots=True)
class Budget:
    """Seconds; each part is the mean over people, `last` when the last of them is inside. The
    parts add up to the mean time inside."""

    people: int
    warning: float
    start: float
    walk: float
    queue: float
    door: float
    last: float

    @property
    def mean(self) -> float:
        return self.warning + self.start + self.walk + self.queue + self.door


def budget(
    links: Links, groups: Groups, times: Times, warning: float, which: Ints | None = None
) -> Budget:
    """Of the groups `which` (all if left out); their `start` counts from the signal and includes
    the `warning` time until the message has reached them."""
    chosen = np.arange(len(groups.people)) if which is None else which
    people = groups.people[chosen]
    if not people.sum():
        return Budget(0, warning, 0.0, 0.0, 0.0, 0.0, 0.0)
    free = free_walk(links, groups)[chosen]
    start, arrived, inside = groups.start[chosen], times.arrived[chosen], times.inside[chosen]

    def mean(values: Floats) -> float:
        return float(np.average(values, weights=people))

    return Budget(
        int(people.sum()),
        warning,
        mean(start) - warning,
        mean(free),
        mean(arrived - start - free),
        mean(inside - arrived),
        float(inside[people > 0].max()),
    )


def free_walk(links: Links, groups: Groups) -> Floats:
    """Seconds each group walks if it never waits."""
    metres = np.concatenate([[0.0], np.cumsum(links.length[groups.link])])
    way = metres[groups.first[1:]] - metres[groups.first[:-1]] + groups.last
    return np.asarray(way / groups.speed)
