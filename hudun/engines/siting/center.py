"""The worst served: p-centre."""

from time import monotonic

import numpy as np
from scipy.sparse import csr_array

from .answer import Answer, Floats, Integers
from .bounds import fewest, fewest_relaxed

NONE: Integers = np.zeros(0, np.int64)


def center(distance: Floats, new: int, seconds: float, fixed: Integers = NONE) -> Answer:
    """distance (candidates, demand): the least radius within which `new` sites, beside the fixed
    ones, reach everybody. By bisection over the distances that occur: a radius is refuted when even
    the relaxed cover needs more sites, proved by sites that do it."""
    began = monotonic()
    base = distance[fixed].min(axis=0) if len(fixed) else np.full(distance.shape[1], np.inf)
    radii = np.unique(np.minimum(distance, base))
    sites, value = farthest_first(distance, base, new)
    low, high = 0, int(np.searchsorted(radii, value))
    doubtful = False
    while low < high and monotonic() - began < seconds:
        middle = (low + high) // 2
        covers = within(distance, base, radii[middle])
        left = seconds - (monotonic() - began)
        found, refuted = decide(covers, new, left)
        if found is not None:
            high, sites, value = middle, found, float(radii[middle])
        elif refuted:
            low = middle + 1
        else:
            doubtful = True
            break
    bound = value if low >= high and not doubtful else float(radii[low])
    return Answer(np.sort(sites), value, bound, monotonic() - began)


def within(distance: Floats, base: Floats, radius: float) -> csr_array:
    """Demand that no fixed site reaches × candidates."""
    return csr_array((distance[:, base > radius] <= radius).T.astype(float))


def decide(covers: csr_array, new: int, seconds: float) -> tuple[Integers | None, bool]:
    """(sites that cover everybody, or None; whether that is proved impossible)."""
    if not covers.shape[0]:
        return np.zeros(0, np.int64), False
    if fewest_relaxed(covers) > new + 1e-6:
        return None, True
    low, found = fewest(covers, np.ones(covers.shape[0]), 1.0, seconds)
    if found is not None and len(found) <= new:
        return found, False
    return None, low > new


def farthest_first(distance: Floats, base: Floats, new: int) -> tuple[Integers, float]:
    """Each site as near as can be to whom the earlier ones serve worst (Gonzalez 1985)."""
    served, chosen = base.copy(), []
    for _ in range(new):
        worst = int(np.argmax(served))
        site = int(np.argmin(distance[:, worst]))
        chosen.append(site)
        served = np.minimum(served, distance[site])
    return np.array(chosen, np.int64), float(served.max())
