"""Proved limits: what no choice of sites can exceed."""

from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, identity

from .answer import Floats, Integers
from .coverage import Cover

PLAIN: Floats = np.ones(1)
"""Only the first cover counts."""


class Proof(NamedTuple):
    """bound: no better value exists; sites: of the best solution met, or None."""

    bound: float
    sites: Integers | None


def matrix(given: Cover) -> csr_array:
    """Demand × candidates, 1 where covered."""
    shape = (len(given.weight), given.candidates)
    return csr_array((np.ones(len(given.near)), given.near, given.start), shape=shape)


def lagrangian(given: Cover, free: Integers, count: int, least: float, rounds: int = 300) -> float:
    """Upper bound of maximal covering: max Σ w z, z_d ≤ Σ_j y_j, Σ y ≤ count, the first constraint
    relaxed with multipliers 0 ≤ λ ≤ w (subgradient; Fisher 1981).

    free: candidates that may be opened; least: value of a known solution. Demand in `given` is
    what the fixed sites leave over.
    """
    covers = matrix(given)[:, free]
    weight, turned = given.weight, covers.T.tocsr()
    price = weight / np.maximum(np.asarray(covers.sum(axis=1)).ravel(), 1.0)
    best, pace, still = float(weight.sum()), 1.0, 0
    for _ in range(rounds):
        worth = turned @ price
        top = np.argpartition(worth, -count)[-count:]
        bound = float(np.maximum(weight - price, 0.0).sum() + worth[top].sum())
        still = 0 if bound < best - 1e-9 * best else still + 1
        best = min(best, bound)
        if still > 15:
            pace, still = pace / 2.0, 0
        chosen = np.zeros(len(free))
        chosen[top] = 1.0
        slope = covers @ chosen - (price < weight)
        length = float(slope @ slope)
        if length == 0.0 or best <= least * (1.0 + 1e-12):
            break
        price = np.clip(price - pace * (bound - least) / length * slope, 0.0, weight)
    return best


def levels_left(given: Cover, worth: Floats, times: Integers) -> tuple[csr_array, Floats]:
    """(demand × z, weight of each z): one z for every further cover that is worth something to
    demand which the fixed sites cover `times`."""
    level = [times <= one for one in range(len(worth))]
    owner = np.concatenate([np.flatnonzero(open_) for open_ in level])
    weight = np.concatenate(
        [value * given.weight[open_] for value, open_ in zip(worth, level, strict=True)]
    )
    keep = weight > 0.0
    owner, weight = owner[keep], weight[keep]
    shape = (len(given.weight), len(owner))
    return csr_array((np.ones(len(owner)), (owner, np.arange(len(owner)))), shape=shape), weight


def exact_cover(
    given: Cover,
    free: Integers,
    count: int,
    seconds: float,
    worth: Floats = PLAIN,
    times: Integers | None = None,
    cost: Floats | None = None,
    budget: float = np.inf,
) -> Proof:
    """Maximal covering by HiGHS; within `seconds` a bound, perhaps the optimum. The value is what
    the free candidates add. worth: of the first, second … cover, not rising; cost: of each
    candidate, together at most `budget`."""
    times = np.zeros(len(given.weight), np.int64) if times is None else times
    held, weight = levels_left(given, worth, times)
    sites, covers = len(free), matrix(given)[:, free]
    price = np.zeros(sites) if cost is None else cost[free]
    both = np.vstack([np.ones(sites), price if np.isfinite(budget) else np.zeros(sites)])
    limits = [
        LinearConstraint(hstack([-covers, held]).tocsr(), -np.inf, 0.0),
        LinearConstraint(
            hstack([csr_array(both), csr_array((2, len(weight)))]).tocsr(),
            -np.inf,
            [count, budget if np.isfinite(budget) else 0.0],
        ),
    ]
    found = milp(
        -np.concatenate([np.zeros(sites), weight]),
        constraints=limits,
        bounds=Bounds(0.0, 1.0),
        integrality=np.concatenate([np.ones(sites), np.zeros(len(weight))]),
        options={"time_limit": max(seconds, 1.0), "mip_rel_gap": 1e-9},
    )
    bound = found.get("mip_dual_bound")
    limit = -float(bound) if bound is not None and np.isfinite(bound) else np.inf
    chosen = None if found.x is None else free[found.x[:sites] > 0.5]
    return Proof(limit, chosen)


def fewest(
    covers: csr_array, weight: Floats, share: float, seconds: float, cost: Floats | None = None
) -> tuple[float, Integers | None]:
    """Least number, or least cost, of columns that cover `share` of the weight: (proved lower
    bound, columns)."""
    demand, sites = covers.shape
    price = np.ones(sites) if cost is None else cost
    if share >= 1.0:
        aim = price
        limits = [LinearConstraint(covers, 1.0, np.inf)]
    else:
        aim = np.concatenate([price, np.zeros(demand)])
        rows = hstack([covers, -identity(demand, format="csr")]).tocsr()
        need = np.concatenate([np.zeros(sites), weight])[None, :]
        limits = [
            LinearConstraint(rows, 0.0, np.inf),
            LinearConstraint(csr_array(need), share * weight.sum() * (1 - 1e-12), np.inf),
        ]
    whole = np.arange(len(aim)) < sites
    found = milp(
        aim,
        constraints=limits,
        bounds=Bounds(0.0, 1.0),
        integrality=whole.astype(float),
        options={"time_limit": max(seconds, 1.0)},
    )
    if found.status == 2:
        return np.inf, None
    bound = found.get("mip_dual_bound")
    low = float(bound) if bound is not None and np.isfinite(bound) else 0.0
    low = float(np.ceil(low - 1e-6)) if cost is None else low
    chosen = None if found.x is None else np.flatnonzero(found.x[:sites] > 0.5)
    return low, chosen


def fewest_relaxed(covers: csr_array) -> float:
    """Lower bound of covering every row, by the linear relaxation; inf: some row has no cover."""
    if not len(covers.data) or (np.diff(covers.indptr) == 0).any():
        return np.inf
    found = milp(
        np.ones(covers.shape[1]),
        constraints=LinearConstraint(covers, 1.0, np.inf),
        bounds=Bounds(0.0, 1.0),
    )
    return float(found.fun) if found.status == 0 else 0.0
