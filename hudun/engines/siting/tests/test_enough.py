"""Fixed sites, backup, cost and budget against trying everything on small instances; and that the
bound is a bound where nothing is proved."""

from itertools import chain, combinations

import numpy as np
import pytest

from hudun.engines.siting import affordable, center, gradual, least_number, maximal
from hudun.engines.siting.answer import Floats

from .test_siting import points, reach

COUNT, RADIUS = 11, 2.5
FIXED = np.array([0, 4])


def worth_of(distance: Floats, weight: Floats, sites: tuple[int, ...], backup: float) -> float:
    times = (distance[list(sites)] <= RADIUS).sum(axis=0)
    return float(weight[times > 0].sum() + backup * weight[times > 1].sum())


def prices(seed: int) -> Floats:
    return np.random.default_rng(100 + seed).integers(2, 9, COUNT).astype(float)


def sets_of(others: list[int], most: int = COUNT) -> chain[tuple[int, ...]]:
    return chain.from_iterable(combinations(others, count) for count in range(most + 1))


OTHERS = [site for site in range(COUNT) if site not in FIXED]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("backup", [0.0, 0.4, 1.0])
def test_backup_beside_standing_sirens_is_optimal_and_proved(seed: int, backup: float) -> None:
    distance, weight = points(seed)
    best = max(
        worth_of(distance, weight, (0, 4, *pair), backup) for pair in combinations(OTHERS, 2)
    )
    answer = maximal(reach(distance, weight), 2, 4.5, FIXED, backup=backup)
    assert answer.value == pytest.approx(best)
    assert answer.bound == pytest.approx(best)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("backup", [0.0, 0.4])
def test_the_most_that_a_budget_buys(seed: int, backup: float) -> None:
    distance, weight = points(seed)
    cost, budget = prices(seed), 11.0
    best = max(
        worth_of(distance, weight, (0, 4, *some), backup)
        for some in sets_of(OTHERS)
        if cost[list(some)].sum() <= budget
    )
    answer = affordable(reach(distance, weight), cost, budget, 10.0, None, FIXED, backup)
    assert answer.value == pytest.approx(best) == pytest.approx(answer.bound)
    assert cost[answer.sites].sum() <= budget
    assert not set(answer.sites) & set(FIXED)


def test_a_budget_and_a_number_hold_together() -> None:
    distance, weight = points(1)
    cost = prices(1)
    one = affordable(reach(distance, weight), cost, 100.0, 5.0, 1)
    best = max(worth_of(distance, weight, (site,), 0.0) for site in range(COUNT))
    assert (len(one.sites), one.value) == (1, best)
    none = affordable(reach(distance, weight), cost, 1.0, 5.0)
    assert (len(none.sites), none.value) == (0, 0.0)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("share", [0.6, 0.8])
def test_the_cheapest_that_covers_enough(seed: int, share: float) -> None:
    distance, weight = points(seed)
    given, cost = reach(distance, weight, 4.0), prices(seed)
    needed = share * weight.sum() - 1e-9

    def covers(some: tuple[int, ...]) -> bool:
        reached = (distance[[0, 4, *some]] <= 4.0).any(axis=0)
        return bool(weight[reached].sum() >= needed)

    best = min(cost[list(some)].sum() for some in sets_of(OTHERS, 5) if covers(some))
    answer = least_number(given, share, 10.0, FIXED, cost)
    assert answer.value == pytest.approx(best) == pytest.approx(answer.bound)
    fewest = min(len(some) for some in sets_of(OTHERS, 5) if covers(some))
    assert least_number(given, share, 10.0, FIXED).value == fewest


@pytest.mark.parametrize("seed", range(3))
def test_the_worst_served_beside_standing_sirens(seed: int) -> None:
    distance, _ = points(seed)
    best = min(distance[[0, 4, *pair]].min(axis=0).max() for pair in combinations(OTHERS, 2))
    answer = center(distance, 2, 20.0, FIXED)
    assert answer.value == answer.bound == best
    louder = center(-1.0 / (distance + 1.0), 2, 20.0, FIXED)
    assert louder.value == pytest.approx(-1.0 / (best + 1.0)), "any scale on which less is better"


def test_without_time_the_bound_still_holds() -> None:
    distance, weight = points(7, 40, 300)
    given = reach(distance, weight, 1.2)
    hasty, slow = maximal(given, 5, 0.3, backup=0.5), maximal(given, 5, 20.0, backup=0.5)
    assert hasty.value <= slow.value + 1e-9 <= hasty.bound + 2e-9
    assert slow.gap < 1e-6


@pytest.mark.parametrize("seed", range(3))
def test_a_great_demand_asked_little_by_little_has_the_same_answer(seed: int) -> None:
    distance, _ = points(seed, 14, 700)
    whole, parts = center(distance, 3, 60.0, FIXED), gradual(distance, 3, 60.0, FIXED)
    assert parts.value == parts.bound == whole.value
    assert not set(parts.sites) & set(FIXED)
