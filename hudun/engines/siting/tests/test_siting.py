"""Every question against trying everything on small instances."""

from itertools import combinations

import numpy as np
import pytest

from hudun.engines.siting import Cover, center, cover, least_number, maximal, median, merged
from hudun.engines.siting.answer import Floats, Integers

SMALL_S = 1.5


def points(seed: int, candidates: int = 11, demand: int = 40) -> tuple[Floats, Floats]:
    pick = np.random.default_rng(seed)
    sites, people = pick.uniform(0, 10, (candidates, 2)), pick.uniform(0, 10, (demand, 2))
    distance = np.linalg.norm(sites[:, None] - people, axis=2)
    return distance, pick.integers(1, 9, demand).astype(float)


def reach(distance: Floats, weight: Floats, radius: float = 2.5) -> Cover:
    return cover([np.flatnonzero(row <= radius) for row in distance], weight)


def covered(distance: Floats, weight: Floats, sites: tuple[int, ...], radius: float = 2.5) -> float:
    times = (distance[list(sites)] <= radius).sum(axis=0)
    return float(weight[times > 0].sum())


@pytest.mark.parametrize("seed", range(4))
def test_maximal_covering_is_optimal_and_proved(seed: int) -> None:
    distance, weight = points(seed)
    best = max(covered(distance, weight, three) for three in combinations(range(11), 3))
    answer = maximal(reach(distance, weight), 3, SMALL_S)
    assert answer.value == best == covered(distance, weight, tuple(answer.sites))
    assert answer.bound >= best
    assert answer.gap < 0.05


def test_fixed_sites_stand_and_barred_ones_are_never_used() -> None:
    distance, weight = points(9)
    fixed, barred = np.array([0]), np.array([1, 2])
    answer = maximal(reach(distance, weight), 2, SMALL_S, fixed, barred)
    others = list(combinations(range(3, 11), 2))
    best = max(covered(distance, weight, (0, *pair)) for pair in others)
    assert answer.value == best
    assert not set(answer.sites) & {0, 1, 2}


def test_backup_coverage_counts_a_second_siren() -> None:
    distance, weight = points(3)

    def worth(sites: tuple[int, ...]) -> float:
        times = (distance[list(sites)] <= 2.5).sum(axis=0)
        return float(weight[times > 0].sum() + 0.5 * weight[times > 1].sum())

    best = max(worth(three) for three in combinations(range(11), 3))
    answer = maximal(reach(distance, weight), 3, SMALL_S, backup=0.5)
    assert answer.value == pytest.approx(best)
    assert answer.bound >= best


@pytest.mark.parametrize("seed", range(3))
def test_median_is_optimal_and_the_bound_below_it(seed: int) -> None:
    distance, weight = points(seed)
    best = min(
        float((distance[list(three)].min(axis=0) * weight).sum())
        for three in combinations(range(11), 3)
    )
    answer = median(distance, weight, 3, SMALL_S)
    assert answer.value == pytest.approx(best)
    assert answer.bound <= best + 1e-9
    assert answer.gap < 0.05


@pytest.mark.parametrize("seed", range(3))
def test_the_worst_served(seed: int) -> None:
    distance, _ = points(seed)
    best = min(distance[list(three)].min(axis=0).max() for three in combinations(range(11), 3))
    answer = center(distance, 3, 20.0)
    assert answer.value == answer.bound == best


def fewest_by_trial(given: Cover, distance: Floats, weight: Floats, share: float) -> int:
    for count in range(1, 12):
        for sites in combinations(range(11), count):
            if covered(distance, weight, sites, 4.0) >= share * weight.sum() - 1e-9:
                return count
    raise AssertionError


@pytest.mark.parametrize("share", [0.8, 0.95])
def test_least_number_for_a_share(share: float) -> None:
    distance, weight = points(2)
    given = reach(distance, weight, 4.0)
    answer = least_number(given, share, 20.0)
    assert answer.value == answer.bound == fewest_by_trial(given, distance, weight, share)


def test_what_cannot_be_covered_is_said() -> None:
    distance, weight = points(2)
    with pytest.raises(ValueError, match="cover"):
        least_number(reach(distance, weight, 0.5), 0.95, 5.0)
    with pytest.raises(ValueError, match="candidates"):
        maximal(reach(distance, weight), 12, 1.0)


def test_demand_with_equal_cover_is_merged_and_nothing_lost() -> None:
    pick = np.random.default_rng(0)
    sets = [np.flatnonzero(pick.random(500) < 0.4) for _ in range(5)]
    weight = pick.uniform(1, 2, 500)
    whole = cover(sets, weight)
    small, group = merged(whole)
    assert len(small.weight) <= 31
    reached: Integers = np.unique(np.concatenate(sets))
    assert (group[reached] >= 0).all()
    assert small.weight.sum() == pytest.approx(weight[reached].sum())
    for site in range(5):
        assert small.weight[small.of(site)].sum() == pytest.approx(weight[whole.of(site)].sum())
