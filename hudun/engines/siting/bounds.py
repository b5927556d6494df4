"""Proved limits: what no choice of sites can exceed."""

from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, identity, vstack

from .answer import Floats, Integers
from .coverage import Cover


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


def exact_cover(given: Cover, free: Integers, count: int, seconds: float) -> Proof:
    """Maximal covering by HiGHS; within `seconds` a bound, perhaps the optimum."""
    sites, demand = len(free), len(given.weight)
    covers = matrix(given)[:, free]
    rows = vstack(
        [
            hstack([-covers, identity(demand, format="csr")]),
            hstack([csr_array(np.ones((1, sites))), csr_array((1, demand))]),
        ]
    ).tocsr()
    most = np.concatenate([np.zeros(demand), [count]])
    found = milp(
        -np.concatenate([np.zeros(sites), given.weight]),
        constraints=LinearConstraint(rows, -np.inf, most),
        bounds=Bounds(0.0, 1.0),
        integrality=np.concatenate([np.ones(sites), np.zeros(demand)]),
        options={"time_limit": max(seconds, 1.0), "mip_rel_gap": 1e-9},
    )
    bound = found.get("mip_dual_bound")
    limit = -float(bound) if bound is not None and np.isfinite(bound) else np.inf
    chosen = None if found.x is None else free[found.x[:sites] > 0.5]
    return Proof(limit, chosen)


def fewest(
    covers: csr_array, weight: Floats, share: float, seconds: float
) -> tuple[float, Integers | None]:
    """Least number of columns that cover `share` of the weight: (proved lower bound, columns)."""
    demand, sites = covers.shape
    if share >= 1.0:
        cost = np.ones(sites)
        limits = [LinearConstraint(covers, 1.0, np.inf)]
    else:
        cost = np.concatenate([np.ones(sites), np.zeros(demand)])
        rows = hstack([covers, -identity(demand, format="csr")]).tocsr()
        need = np.concatenate([np.zeros(sites), weight])[None, :]
        limits = [
            LinearConstraint(rows, 0.0, np.inf),
            LinearConstraint(csr_array(need), share * weight.sum() * (1 - 1e-12), np.inf),
        ]
    whole = np.arange(len(cost)) < sites
    found = milp(
        cost,
        constraints=limits,
        bounds=Bounds(0.0, 1.0),
        integrality=whole.astype(float),
        options={"time_limit": max(seconds, 1.0)},
    )
    if found.status == 2:
        return np.inf, None
    bound = found.get("mip_dual_bound")
    low = float(np.ceil(bound - 1e-6)) if bound is not None and np.isfinite(bound) else 0.0
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
