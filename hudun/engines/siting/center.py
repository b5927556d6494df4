"""The worst served: p-centre."""

from time import monotonic

import numpy as np
from scipy.sparse import csr_array

from .answer import Answer, Floats, Integers
from .bounds import fewest, fewest_relaxed

FIRST_DEMAND, MORE_DEMAND = 120, 40
NONE: Integers = np.zeros(0, np.int64)


def center(distance: Floats, new: int, seconds: float, fixed: Integers = NONE) -> Answer:
    """distance (candidates, demand): the least radius within which `new` sites, beside the fixed
    ones, reach everybody. By bisection over the distances that occur: a radius is refuted when even
    the relaxed cover needs more sites, proved by sites that do it."""
    began = monotonic()
    base = distance[fixed].min(axis=0) if len(fixed) else np.full(distance.shape[1], np.inf)
    radii = np.unique(np.minimum(distance, base))
    sites, value = farthest_first(distance, base, new, fixed)
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


def farthest_first(
    distance: Floats, base: Floats, new: int, fixed: Integers
) -> tuple[Integers, float]:
    """Each site as near as can be to whom the earlier ones serve worst (Gonzalez 1985)."""
    served, chosen = base.copy(), []
    allowed = np.setdiff1d(np.arange(len(distance)), fixed)
    for _ in range(new):
        worst = int(np.argmax(served))
        site = int(allowed[np.argmin(distance[allowed, worst])])
        chosen.append(site)
        served = np.minimum(served, distance[site])
    return np.unique(np.array(chosen, np.int64)), float(served.max())


def gradual(distance: Floats, new: int, seconds: float, fixed: Integers = NONE) -> Answer:
    """`center` of a great demand: asked of a few points that lie far apart, then of those too that
    its answer serves worst, until none is served worse. A few points bound all."""
    began = monotonic()
    base = distance[fixed].min(axis=0) if len(fixed) else np.full(distance.shape[1], np.inf)
    asked = scattered(distance, min(FIRST_DEMAND, distance.shape[1]))
    sites, value, bound = farthest_first(distance, base, new, fixed)[0], np.inf, -np.inf
    while True:
        left = seconds - (monotonic() - began)
        found = center(distance[:, asked], new, max(left, 0.5), fixed)
        bound = max(bound, found.bound)
        served = np.minimum(base, distance[found.sites].min(axis=0))
        if served.max() < value:
            sites, value = found.sites, float(served.max())
        if value <= bound + 1e-12 * abs(bound) or monotonic() - began >= seconds:
            break
        worst = np.argsort(-served, kind="stable")[:MORE_DEMAND]
        fresh = worst[served[worst] > found.value]
        if not len(np.setdiff1d(fresh, asked)):
            break
        asked = np.union1d(asked, fresh)
    return Answer(np.sort(sites), value, min(bound, value), monotonic() - began)


def scattered(distance: Floats, count: int) -> Integers:
    """Demand points that no site serves well together: each the farthest, by the site that is best
    for it, from those before."""
    best = np.argmin(distance, axis=0)
    served = distance[best[0]].copy()
    chosen = [0]
    for _ in range(count - 1):
        point = int(np.argmax(served))
        chosen.append(point)
        served = np.minimum(served, distance[best[point]])
        served[chosen] = -np.inf
    return np.unique(np.array(chosen, np.int64))
