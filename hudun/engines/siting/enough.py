"""Enough for least: the fewest or the cheapest sites that cover a share (set cover for all of it),
and the most that a budget buys."""

from time import monotonic

import numpy as np
from scipy.sparse import csr_array

from .answer import Answer, Floats, Integers
from .bounds import exact_cover, fewest, matrix
from .coverage import Cover, merged
from .maximal import NONE, covered_times, evaluate, remaining


def least_number(
    given: Cover,
    share: float,
    seconds: float,
    fixed: Integers = NONE,
    cost: Floats | None = None,
) -> Answer:
    """The fewest new sites that, with the fixed ones, cover `share` of the weight; with `cost` (of
    each candidate, above 0) the cheapest. Value and bound are of the new sites; infeasible:
    ValueError."""
    began = monotonic()
    small, _ = merged(given)
    covers = matrix(small)
    total, reachable = given.weight.sum(), small.weight.sum()
    if reachable < share * total * (1 - 1e-12):
        raise ValueError(f"all candidates together cover {reachable / total:.1%} of the demand")
    served = np.asarray(covers[:, fixed].sum(axis=1)).ravel() > 0
    needed = share * total - small.weight[served].sum()
    if needed <= 1e-9 * total:
        return Answer(NONE, 0.0, 0.0, monotonic() - began)
    left, weight = covers[~served], small.weight[~served]
    price = np.ones(small.candidates) if cost is None else cost
    low, found = fewest(left, weight, min(needed / weight.sum(), 1.0), seconds, cost)
    if found is None:
        found = by_greed(left, weight, needed, price)
    value = float(price[found].sum())
    return Answer(found, value, min(low, value), monotonic() - began)


def by_greed(covers: csr_array, weight: Floats, needed: float, price: Floats) -> Integers:
    """The most for its price, until it is enough."""
    chosen: list[int] = []
    left = weight.copy()
    while weight.sum() - left.sum() < needed * (1 - 1e-12):
        site = int(np.argmax((covers.T @ left) / price))
        chosen.append(site)
        left[covers[:, [site]].toarray().ravel() > 0] = 0.0
    return np.array(chosen, np.int64)


def affordable(
    given: Cover,
    cost: Floats,
    budget: float,
    seconds: float,
    most: int | None = None,
    fixed: Integers = NONE,
    backup: float = 0.0,
) -> Answer:
    """Maximal covering by at most `most` new sites that together cost at most `budget`. cost: of
    each candidate, above 0. Value and bound as of `maximal`."""
    began = monotonic()
    small, _ = merged(given)
    free = np.setdiff1d(np.flatnonzero(cost <= budget), fixed)
    count = len(free) if most is None else most
    worth = np.array([1.0, backup]) if backup else np.ones(1)
    _, base = remaining(small, worth, fixed)
    times = covered_times(small, fixed)
    proof = exact_cover(small, free, count, seconds, worth, times, cost, budget)
    tries = [
        spent_by(small, worth, times, free, cost, budget, count, power) for power in (0.0, 1.0)
    ]
    if proof.sites is not None:
        tries.append(proof.sites)
    values = [evaluate(small, worth, fixed, one) for one in tries]
    best = int(np.argmax(values))
    bound = max(min(base + proof.bound, base + small.weight.sum() * worth.sum()), values[best])
    return Answer(np.sort(tries[best]), values[best], bound, monotonic() - began)


def spent_by(
    given: Cover,
    worth: Floats,
    times: Integers,
    free: Integers,
    cost: Floats,
    budget: float,
    most: int,
    power: float,
) -> Integers:
    """Greedy: the largest gain (power 0), or gain for its price (1), that can still be paid."""
    times = times.copy()
    chosen: list[int] = []
    padded = np.append(worth, 0.0)
    while len(chosen) < most:
        gain = padded[np.minimum(times, len(worth))] * given.weight
        worths = {
            int(j): gain[given.of(int(j))].sum() / cost[j] ** power
            for j in free
            if cost[j] <= budget and j not in chosen
        }
        if not worths or max(worths.values()) <= 0.0:
            break
        site = max(worths, key=worths.__getitem__)
        chosen.append(site)
        budget -= cost[site]
        times[given.of(site)] += 1
    return np.array(chosen, np.int64)
