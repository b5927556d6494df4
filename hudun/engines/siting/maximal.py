"""Maximal covering with k new sites (Church & ReVelle 1974), fixed ones standing, and backup
coverage (Hogan & ReVelle 1986): a second siren in reach counts too."""

from time import monotonic

import numpy as np

from hudun.engines.jit import jit

from .answer import Answer, Floats, Integers
from .bounds import exact_cover, lagrangian
from .coverage import Cover, cover, merged
from .search import NEVER, anneal, change, greedy, roam, value_of

SEARCH_SHARE = 0.35
"""Of the time, before the bound is sought."""
CLOSING_S = 2.0
"""HiGHS looks at the clock between its steps only."""
EASY = 30_000
"""Covered pairs up to which HiGHS alone is tried first: it proves such a question in a moment."""
STEPS = 200
MOVES = 20_000
"""Exchanges between two looks at the clock."""
WARM, COLD = 0.3, 0.001
"""Temperature of the annealing, as shares of what a site covers on average."""
NONE: Integers = np.zeros(0, np.int64)


def maximal(
    given: Cover,
    new: int,
    seconds: float,
    fixed: Integers = NONE,
    barred: Integers = NONE,
    backup: float = 0.0,
    seed: int = 1,
) -> Answer:
    """The best `new` sites beside `fixed` ones. barred: candidates not to be used. backup: what
    share of its weight demand adds when a second site reaches it. Value counts the demand covered,
    by fixed sites too; the bound is proved for the same."""
    began = monotonic()
    small, _ = merged(given)
    allowed = np.setdiff1d(np.arange(small.candidates), np.concatenate([fixed, barred]))
    if not 0 < new <= len(allowed):
        raise ValueError(f"{new} sites of {len(allowed)} candidates cannot be chosen")
    worth = np.array([1.0, backup]) if backup else np.array([1.0])
    times = covered_times(small, fixed)
    left, base = remaining(small, worth, fixed)
    limit = np.inf
    if len(small.near) <= EASY:
        proof = exact_cover(small, allowed, new, seconds * SEARCH_SHARE, worth, times)
        limit = base + proof.bound
        sites, value = better(small, worth, fixed, allowed[:0], -np.inf, proof.sites)
        if limit <= value + 1e-9 * abs(value):
            return Answer(np.sort(sites), value, max(limit, value), monotonic() - began)
    sites, value = search(small, worth, new, fixed, allowed, began + seconds * SEARCH_SHARE, seed)
    bound = min(limit, base + lagrangian(left, allowed, new, value - base))
    rest = began + seconds - monotonic() - CLOSING_S
    if bound > value * (1.0 + 1e-9) and rest > 1.0:
        proof = exact_cover(small, allowed, new, rest, worth, times)
        bound = min(bound, base + proof.bound)
        sites, value = better(small, worth, fixed, sites, value, proof.sites)
    return Answer(np.sort(sites), value, max(bound, value), monotonic() - began)


def search(
    given: Cover,
    worth: Floats,
    new: int,
    fixed: Integers,
    allowed: Integers,
    until: float,
    seed: int,
) -> tuple[Integers, float]:
    """Greedy, then annealing from it, then tabu search, until the time is up."""
    seed_random(seed)
    times, gain = np.zeros(len(given.weight), np.int64), np.zeros(given.candidates)
    closed = np.full(given.candidates, NEVER)
    closed[allowed] = 0
    fill_gain(given, worth, gain)
    for site in fixed:
        change(int(site), 1, given, worth, times, gain)
    greedily = greedy(given, worth, times, gain, closed, new)
    if len(allowed) == new:
        return greedily, evaluate(given, worth, fixed, greedily)
    best, chosen = np.array([value_of(given, worth, times)]), greedily.copy()
    cool(given, worth, times, closed, greedily, until, best, chosen)
    polish(given, worth, fixed, allowed, best, chosen)
    return chosen, evaluate(given, worth, fixed, chosen)


def cool(
    given: Cover,
    worth: Floats,
    times: Integers,
    closed: Integers,
    chosen: Integers,
    until: float,
    best: Floats,
    best_chosen: Integers,
) -> None:
    """One slow annealing from `chosen`, as long as there is time."""
    began, value = monotonic(), float(best[0])
    is_open = (closed > 0).astype(np.int64)
    scale = value / len(chosen)
    while (now := monotonic()) < until:
        spent = (now - began) / (until - began)
        warmth = scale * WARM * (COLD / WARM) ** spent
        value = anneal(
            given, worth, times, chosen, is_open, MOVES, warmth, value, best, best_chosen
        )


def polish(
    given: Cover, worth: Floats, fixed: Integers, allowed: Integers, best: Floats, chosen: Integers
) -> None:
    """The best exchanges round the best found."""
    times = np.zeros(len(given.weight), np.int64)
    gain, opened = np.zeros(given.candidates), np.zeros(given.candidates, np.int64)
    fill_gain(given, worth, gain)
    for site in np.concatenate([fixed, chosen]):
        change(int(site), 1, given, worth, times, gain)
    closed = np.full(given.candidates, NEVER)
    closed[np.setdiff1d(allowed, chosen)] = 0
    roam(given, worth, times, gain, chosen.copy(), closed, opened, 1, STEPS, best[0], best, chosen)


@jit
def seed_random(seed: int) -> None:
    np.random.seed(seed)


def fill_gain(given: Cover, worth: Floats, gain: Floats) -> None:
    owner = np.repeat(np.arange(given.candidates), np.diff(given.first))
    gain += worth[0] * np.bincount(owner, given.weight[given.reached], given.candidates)


def evaluate(given: Cover, worth: Floats, fixed: Integers, sites: Integers) -> float:
    return value_of(given, worth, covered_times(given, np.concatenate([fixed, sites])))


def covered_times(given: Cover, sites: Integers) -> Integers:
    """How many of the sites reach each demand point."""
    times = np.zeros(len(given.weight), np.int64)
    for site in sites:
        times[given.of(int(site))] += 1
    return times


def remaining(given: Cover, worth: Floats, fixed: Integers) -> tuple[Cover, float]:
    """What the fixed sites leave to gain, and their own value. With backup the first and second
    cover are bounded together: demand may at most gain all that is left."""
    times = covered_times(given, fixed)
    left = np.array([worth[min(level, len(worth)) :].sum() for level in range(len(worth) + 1)])
    weight = given.weight * left[np.minimum(times, len(worth))]
    owner = np.repeat(np.arange(given.candidates), np.diff(given.first))
    keep = weight[given.reached] > 0.0
    sets = np.split(
        given.reached[keep], np.searchsorted(owner[keep], np.arange(1, given.candidates))
    )
    return cover(sets, weight), value_of(given, worth, times)


def better(
    given: Cover,
    worth: Floats,
    fixed: Integers,
    sites: Integers,
    value: float,
    other: Integers | None,
) -> tuple[Integers, float]:
    if other is None:
        return sites, value
    found = evaluate(given, worth, fixed, other)
    return (other, found) if found > value else (sites, value)
