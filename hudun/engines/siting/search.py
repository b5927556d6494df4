"""Search for coverage: exchanges of one site for another, at random while it is warm (annealing),
then the best ones, even losing (tabu).

First and second cover count: worth[0] of a demand's weight when one site reaches it, worth[1]
more when a second does (backup coverage; 0 for plain maximal covering).
"""

import numpy as np

from hudun.engines.jit import jit

from .answer import Floats, Integers
from .coverage import Cover

NEVER = 1 << 60


@jit
def marginal(times: int, worth: Floats) -> float:
    """What one more site is worth to demand already covered `times`."""
    return worth[times] if times < worth.size else 0.0


@jit
def change(
    site: int, step: int, given: Cover, worth: Floats, times: Integers, gain: Floats
) -> None:
    """Opens (step 1) or closes (−1) a site; gain[j]: what opening j would now bring."""
    for place in range(given.first[site], given.first[site + 1]):
        demand = given.reached[place]
        before = marginal(times[demand], worth)
        times[demand] += step
        delta = (marginal(times[demand], worth) - before) * given.weight[demand]
        if delta != 0.0:
            for index in range(given.start[demand], given.start[demand + 1]):
                gain[given.near[index]] += delta


@jit
def best_site(gain: Floats, closed: Integers, now: int, skip: int) -> int:
    """The site worth most among those that may be opened; −1: there is none."""
    best = -1
    for site in range(gain.size):
        if closed[site] <= now and site != skip and (best < 0 or gain[site] > gain[best]):
            best = site
    return best


@jit
def value_of(given: Cover, worth: Floats, times: Integers) -> float:
    value = 0.0
    for demand in range(times.size):
        for level in range(min(times[demand], worth.size)):
            value += worth[level] * given.weight[demand]
    return value


@jit
def loss(site: int, given: Cover, worth: Floats, times: Integers) -> float:
    """What closing the site would cost."""
    lost = 0.0
    for place in range(given.first[site], given.first[site + 1]):
        demand = given.reached[place]
        lost += marginal(times[demand] - 1, worth) * given.weight[demand]
    return lost


@jit
def exchange(
    given: Cover,
    worth: Floats,
    times: Integers,
    gain: Floats,
    chosen: Integers,
    closed: Integers,
    opened: Integers,
    now: int,
    tenure: int,
) -> float:
    """Makes the best exchange of a chosen site for another, even if it loses (tabu search); gives
    the change of value. closed[j], opened[j]: until when j may not be opened or closed."""
    best, best_place, best_other = -1e300, -1, -1
    for place in range(chosen.size):
        site = chosen[place]
        if opened[site] > now:
            continue
        lost = loss(site, given, worth, times)
        change(site, -1, given, worth, times, gain)
        other = best_site(gain, closed, now, site)
        if other >= 0 and gain[other] - lost > best:
            best, best_place, best_other = gain[other] - lost, place, other
        change(site, 1, given, worth, times, gain)
    if best_place < 0:
        return 0.0
    old = chosen[best_place]
    change(old, -1, given, worth, times, gain)
    change(best_other, 1, given, worth, times, gain)
    chosen[best_place] = best_other
    closed[old], closed[best_other] = now + tenure, NEVER
    opened[best_other] = now + tenure // 2
    return best


@jit
def greedy(
    given: Cover, worth: Floats, times: Integers, gain: Floats, closed: Integers, count: int
) -> Integers:
    """Opens the best site, `count` times, and bars what is open."""
    chosen = np.empty(count, np.int64)
    for place in range(count):
        site = best_site(gain, closed, 0, -1)
        chosen[place] = site
        closed[site] = NEVER
        change(site, 1, given, worth, times, gain)
    return chosen


@jit
def roam(
    given: Cover,
    worth: Floats,
    times: Integers,
    gain: Floats,
    chosen: Integers,
    closed: Integers,
    opened: Integers,
    began: int,
    steps: int,
    value: float,
    best: Floats,
    best_chosen: Integers,
) -> float:
    """Makes `steps` exchanges; keeps the best found in best[0], best_chosen; gives the value."""
    for step in range(steps):
        tenure = 3 + np.random.randint(0, max(chosen.size // 4, 4))
        value += exchange(given, worth, times, gain, chosen, closed, opened, began + step, tenure)
        if value > best[0] + 1e-9 * abs(best[0]):
            best[0] = value
            best_chosen[:] = chosen
    return value


@jit
def anneal(
    given: Cover,
    worth: Floats,
    times: Integers,
    chosen: Integers,
    is_open: Integers,
    moves: int,
    warmth: float,
    value: float,
    best: Floats,
    best_chosen: Integers,
) -> float:
    """Tries `moves` random exchanges, mostly with a neighbour (a site that shares demand), and
    takes one that loses x with probability exp(−x / warmth). is_open: 1 may not be opened."""
    for _ in range(moves):
        place = np.random.randint(0, chosen.size)
        site = chosen[place]
        other = neighbour(site, given) if np.random.random() < 0.9 else -1
        if other < 0:
            other = np.random.randint(0, is_open.size)
        if is_open[other]:
            continue
        delta = -shift(site, -1, given, worth, times)
        delta += shift(other, 1, given, worth, times)
        if delta < 0.0 and np.random.random() >= np.exp(delta / warmth):
            shift(other, -1, given, worth, times)
            shift(site, 1, given, worth, times)
            continue
        chosen[place], is_open[site], is_open[other] = other, 0, 1
        value += delta
        if value > best[0] + 1e-9 * abs(best[0]):
            best[0] = value
            best_chosen[:] = chosen
    return value


@jit
def neighbour(site: int, given: Cover) -> int:
    """A random site that reaches some random demand of this one."""
    count = given.first[site + 1] - given.first[site]
    if count == 0:
        return -1
    demand = given.reached[given.first[site] + np.random.randint(0, count)]
    others = given.start[demand + 1] - given.start[demand]
    return int(given.near[given.start[demand] + np.random.randint(0, others)])


@jit
def shift(site: int, step: int, given: Cover, worth: Floats, times: Integers) -> float:
    """Opens or closes a site without keeping the gains; what it is worth."""
    value = 0.0
    for place in range(given.first[site], given.first[site + 1]):
        demand = given.reached[place]
        if step < 0:
            times[demand] -= 1
        if times[demand] < worth.size:
            value += worth[times[demand]] * given.weight[demand]
        if step > 0:
            times[demand] += 1
    return value
