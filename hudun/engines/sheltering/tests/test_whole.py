"""Buildings stay together where there is room; communities where asked."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from hudun.engines.sheltering.assign import assign
from hudun.engines.sheltering.instance import Instance
from hudun.engines.sheltering.places import best_sites, more_places
from hudun.engines.sheltering.search import Reach
from hudun.engines.sheltering.whole import assign_together, by_group, keep_whole, of_groups

from .instances import instances


@settings(deadline=None)
@given(instances())
def test_keeping_whole_loses_nobody(instance: Instance) -> None:
    plan = assign(instance)
    kept = keep_whole(plan)
    assert kept.plan.covered == plan.covered
    assert (kept.plan.load <= instance.places).all() and (kept.plan.left >= 0).all()
    assert (kept.plan.flow >= 0).all()
    assert len(kept.split) <= len(plan.split)
    assert set(kept.split.tolist()) <= set(plan.split.tolist())
    assert kept.added == kept.plan.walked - plan.walked >= 0


@settings(deadline=None)
@given(instances())
def test_giving_up_leaves_nobody_split(instance: Instance) -> None:
    kept = keep_whole(assign(instance), given_up=True)
    assert len(kept.split) == 0
    assert (kept.plan.load <= instance.places).all()


def test_a_split_building_is_put_together() -> None:
    """Six to x (6 places) and four to y at first; x full, y 10 places."""
    instance = Instance.of_arcs([10], [6, 10], [0, 0], [0, 1], [1, 2])
    plan = assign(instance)
    assert plan.split.tolist() == [0]
    kept = keep_whole(plan)
    assert kept.plan.flow.tolist() == [0, 10] and kept.added == 6


def test_another_building_makes_room() -> None:
    instance = Instance.of_arcs([5, 5], [8, 5], [0, 0, 1, 1], [0, 1, 0, 1], [1, 9, 1, 8])
    kept = keep_whole(assign(instance))
    assert len(kept.split) == 0 and kept.plan.covered == 10


def test_a_community_goes_where_all_of_it_can_go() -> None:
    instance = Instance.of_arcs(
        [3, 4, 2], [9, 7, 5], [0, 0, 1, 1, 2, 2], [0, 1, 1, 2, 0, 2], [10, 20, 30, 1, 5, 6]
    )
    group = np.array([0, 0, 1])
    together = by_group(instance, group)
    assert together.people.tolist() == [7, 2]
    assert together.shelter.tolist() == [1, 0, 2] and together.cost.tolist() == [26, 5, 6]
    plan = of_groups(instance, group, keep_whole(assign(together), given_up=True).plan)
    assert plan.load.tolist() == [2, 7, 0] and plan.covered == 9


def test_lacking_places_are_where_people_stand() -> None:
    instance = Instance.of_arcs([5, 3, 2], [4, 1], [0, 1, 1], [0, 0, 1], [1, 2, 3])
    lacking = more_places(assign(instance))
    assert lacking.sum() == 3, "the two people with none in reach are in no number"


def test_the_best_site_is_where_most_are_left() -> None:
    found = Reach(np.array([0, 1, 3, 4]), np.array([0, 0, 1, 1], np.int32), np.ones(4))
    sites = best_sites(np.array([10, 5, 20]), found, sites=4, largest=22)
    assert [(site.candidate, site.people) for site in sites] == [(1, 22), (0, 10), (1, 3)]


@settings(deadline=None)
@given(instances())
def test_groups_are_whole_or_named(instance: Instance) -> None:
    group = np.arange(instance.demands) // 3
    together = assign_together(instance, group)
    plan = together.plan
    assert (plan.load <= instance.places).all() and (plan.left >= 0).all()
    used = np.unique(group[instance.rows()[plan.flow > 0]] * 1000 + instance.shelter[plan.flow > 0])
    kept = np.setdiff1d(used // 1000, together.apart)
    assert (np.bincount(used // 1000)[kept] == 1).all()
    assert not plan.left[np.isin(group, kept)].any()
