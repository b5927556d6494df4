"""p-median: the least weighted distance to the nearest of p sites, and a proved lower bound."""

from time import monotonic

import numpy as np

from hudun.engines.jit import jit

from .answer import Answer, Floats, Integers

NONE: Integers = np.zeros(0, np.int64)
SEARCH_SHARE = 0.5


def median(
    distance: Floats,
    weight: Floats,
    new: int,
    seconds: float,
    fixed: Integers = NONE,
    seed: int = 1,
) -> Answer:
    """distance (candidates, demand), not negative; value Σ w · distance to the nearest site."""
    began = monotonic()
    cost = np.ascontiguousarray(distance * weight)
    allowed = np.setdiff1d(np.arange(len(cost)), fixed)
    if not 0 < new <= len(allowed):
        raise ValueError(f"{new} sites of {len(allowed)} candidates cannot be chosen")
    base = cost[fixed].min(axis=0) if len(fixed) else np.full(cost.shape[1], cost.sum() + 1.0)
    sites, value = search(cost, base, allowed, new, began + seconds * SEARCH_SHARE, seed)
    bound = lagrangian(cost, base, allowed, new, value, began + seconds)
    if (cost == np.round(cost)).all():
        bound = float(np.ceil(bound - 1e-6))
    return Answer(np.sort(sites), value, min(bound, value), monotonic() - began)


def search(
    cost: Floats, base: Floats, allowed: Integers, new: int, until: float, seed: int
) -> tuple[Integers, float]:
    """Exchange local search (Whitaker 1983) from random starts and from kicked best solutions."""
    pick = np.random.default_rng(seed)
    best, best_value = allowed[:new], np.inf
    still = 0
    while still < 2_000 and (monotonic() < until or best_value == np.inf):
        start = pick.permutation(allowed)[:new]
        if still % 3 and new > 1:
            keep = pick.permutation(best)[: new - max(1, new // 4)]
            others = pick.permutation(np.setdiff1d(allowed, keep))
            start = np.concatenate([keep, others[: new - len(keep)]])
        chosen = start.astype(np.int64)
        value = settle(cost, base, chosen, allowed)
        still = 0 if value < best_value else still + 1
        if value < best_value:
            best, best_value = chosen.copy(), value
    return best, best_value


@jit
def nearest(
    cost: Floats, base: Floats, chosen: Integers, owner: Integers, first: Floats, second: Floats
) -> float:
    """Costs to the nearest and second nearest site of each demand; −1 owns what a fixed site
    serves. Gives the total."""
    total = 0.0
    for demand in range(base.size):
        owner[demand], first[demand], second[demand] = -1, base[demand], base[demand]
        for place in range(chosen.size):
            value = cost[chosen[place], demand]
            if value < first[demand]:
                second[demand] = first[demand]
                first[demand], owner[demand] = value, place
            elif value < second[demand]:
                second[demand] = value
        total += first[demand]
    return total


@jit
def settle(cost: Floats, base: Floats, chosen: Integers, allowed: Integers) -> float:
    """Exchanges until nothing improves; changes `chosen`, gives its value."""
    count = base.size
    owner = np.empty(count, np.int64)
    first, second = np.empty(count), np.empty(count)
    loss = np.empty(chosen.size)
    is_open = np.zeros(cost.shape[0], np.bool_)
    is_open[chosen] = True
    while True:
        total = nearest(cost, base, chosen, owner, first, second)
        best, best_site, best_place = -1e-9 * max(total, 1.0), -1, -1
        for site in allowed:
            if is_open[site]:
                continue
            gained = 0.0
            loss[:] = 0.0
            for demand in range(count):
                value = cost[site, demand]
                if value < first[demand]:
                    gained += first[demand] - value
                elif owner[demand] >= 0:
                    loss[owner[demand]] += min(value, second[demand]) - first[demand]
            place = int(np.argmin(loss))
            if loss[place] - gained < best:
                best, best_site, best_place = loss[place] - gained, site, place
        if best_site < 0:
            return total
        is_open[chosen[best_place]] = False
        is_open[best_site] = True
        chosen[best_place] = best_site


def lagrangian(
    cost: Floats, base: Floats, allowed: Integers, new: int, least: float, until: float
) -> float:
    """Lower bound: each demand's assignment relaxed (Cornuéjols, Fisher & Nemhauser 1977)."""
    part = cost[allowed]
    price = np.minimum(np.partition(part, min(1, len(part) - 1), axis=0)[:1][0], base)
    price = np.minimum(price + 1.0, base)
    best, best_price, pace, still = -np.inf, price, 1.5, 0
    while monotonic() < until and pace > 1e-5:
        reduced = np.minimum(part - price, 0.0)
        worth = reduced.sum(axis=1)
        top = np.argpartition(worth, new - 1)[:new]
        spare = np.minimum(base - price, 0.0)
        bound = float(price.sum() + worth[top].sum() + spare.sum())
        still += 1
        if bound > best:
            still = 0 if bound > best + 1e-6 * abs(best) else still
            best, best_price = bound, price
        if still > 30:
            pace, still, price = pace / 1.5, 0, best_price
            continue
        slope = 1.0 - (reduced[top] < 0.0).sum(axis=0) - (spare < 0.0)
        length = float(slope @ slope)
        if length == 0.0 or best >= least - 1e-9:
            break
        price = price + pace * (least - bound + 1e-9) / length * slope
    return best
