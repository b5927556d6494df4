"""The plan is the best there is: against another solver, and by its own proof."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack

from hudun.engines.sheltering.assign import Assignment, Reason, assign
from hudun.engines.sheltering.instance import BadInstance, Instance, convex
from hudun.engines.sheltering.network import Floats
from hudun.engines.sheltering.proof import Proof, verify

from .instances import instances, random_instance


def highs(instance: Instance, cost: Floats, exactly: int | None = None) -> int | None:
    """Least cost by scipy/HiGHS, written from the definition; None if it cannot be."""
    m = instance.arcs
    row, arc = instance.rows(), np.arange(m)
    limits = vstack(
        [
            coo_array((np.ones(m), (row, arc)), shape=(instance.demands, m)),
            coo_array((np.ones(m), (instance.shelter, arc)), shape=(instance.shelters, m)),
        ]
    )
    room = np.concatenate([instance.people, instance.places])
    total = {} if exactly is None else {"A_eq": np.ones((1, m)), "b_eq": [exactly]}
    solved = linprog(cost, A_ub=limits, b_ub=room, method="highs", **total)
    return round(solved.fun) if solved.status == 0 else None


def best(instance: Instance) -> tuple[int, int]:
    if instance.arcs == 0:
        return 0, 0
    most = -(highs(instance, -np.ones(instance.arcs)) or 0)
    walk = highs(instance, instance.cost.astype(float), exactly=most)
    assert walk is not None
    return most, walk


@pytest.mark.parametrize("seed", range(200))
def test_agrees_with_highs(seed: int) -> None:
    instance = random_instance(seed)
    plan = assign(instance)
    assert (plan.covered, plan.walked) == best(instance)


@pytest.mark.parametrize("seed", range(60))
def test_one_step_below_the_fair_worst_walk_fewer_are_covered(seed: int) -> None:
    instance = random_instance(seed)
    plan = assign(instance, fair=True)
    most, _ = best(instance)
    assert plan.covered == most
    if most:
        assert plan.proof is not None and plan.proof.worst == plan.worst
        assert best(instance.keep(instance.cost < plan.worst))[0] < most
        assert best(instance.keep(instance.cost <= plan.worst)) == (most, plan.walked)


@settings(deadline=None)
@given(instances())
def test_the_proof_holds(instance: Instance) -> None:
    for plan in (assign(instance), assign(instance, fair=True)):
        assert plan.proof is not None
        assert verify(instance, plan.flow, plan.proof).holds


@settings(deadline=None)
@given(instances())
def test_no_shelter_overfull_and_nobody_counted_twice(instance: Instance) -> None:
    plan = assign(instance)
    assert (plan.load <= instance.places).all()
    assert (plan.flow >= 0).all() and (plan.left >= 0).all()
    assert plan.covered + plan.left.sum() == instance.people.sum()
    assert plan.load.sum() == plan.covered


@settings(deadline=None)
@given(instances())
def test_the_proof_fails_for_any_other_plan(instance: Instance) -> None:
    plan = assign(instance)
    proof = plan.proof
    assert proof is not None
    for arc in np.flatnonzero(plan.flow)[:3]:
        fewer = plan.flow.copy()
        fewer[arc] -= 1
        assert not verify(instance, fewer, proof).covers_most
        more = plan.flow.copy()
        more[arc] += int(instance.people.sum()) + 1
        assert not verify(instance, more, proof).fits


def test_a_longer_plan_is_not_proved() -> None:
    instance = Instance.of_arcs([1, 1], [1, 1], [0, 0, 1, 1], [0, 1, 0, 1], [1, 5, 5, 1])
    proof = assign(instance).proof
    assert proof is not None
    crossed = np.array([0, 1, 1, 0])
    verdict = verify(instance, crossed, proof)
    assert verdict.fits and verdict.covers_most and not verdict.walks_least


def test_a_false_proof_is_refused() -> None:
    instance = Instance.of_arcs([2], [1], [0], [0], [3])
    plan = assign(instance)
    assert plan.proof is not None
    false = Proof(plan.proof.most, plan.proof.price - 10**6, plan.proof.ceiling)
    assert not verify(instance, plan.flow, false).walks_least


def test_cover_comes_before_walking() -> None:
    """The nearest-first rule would strand the second; here the first walks 90 m more."""
    instance = Instance.of_arcs([1, 1], [1, 1], [0, 0, 1], [0, 1, 0], [10, 100, 50])
    plan = assign(instance)
    assert plan.covered == 2 and plan.walked == 150


def test_a_fair_plan_lets_two_walk_more_so_that_one_walks_less() -> None:
    instance = Instance.of_arcs([1, 1], [1, 1], [0, 0, 1, 1], [0, 1, 0, 1], [0, 60, 60, 100])
    assert assign(instance).worst == 100 and assign(instance).walked == 100
    assert assign(instance, fair=True).worst == 60 and assign(instance, fair=True).walked == 120
    bent = assign(convex(instance, 50))
    assert instance.cost[bent.flow > 0].tolist() == [60, 60]


def test_everyone_left_over_has_a_reason() -> None:
    instance = Instance.of_arcs([5, 3, 2, 4], [6], [0, 1], [0, 0], [1, 2])
    plan = assign(instance)
    reasons = plan.reasons(np.array([True, True, True, False]))
    assert plan.left.tolist() == [0, 2, 2, 4]
    assert reasons.tolist() == [Reason.NONE, Reason.FULL, Reason.NONE_IN_REACH, Reason.CUT_OFF]


@pytest.mark.parametrize(
    "columns",
    [
        ([-1], [1], [0], [0], [1]),
        ([1], [-1], [0], [0], [1]),
        ([1], [1], [0], [0], [-1]),
        ([1], [1], [0], [1], [1]),
        ([1], [1], [0, 0], [0, 0], [1, 2]),
        ([2**40], [1], [0], [0], [2**40]),
    ],
)
def test_impossible_numbers_are_refused(columns: tuple[list[int], ...]) -> None:
    with pytest.raises(BadInstance):
        people, places, demand, shelter, cost = columns
        Instance.of_arcs(people, places, demand, shelter, cost)


@pytest.mark.parametrize("shelters", [0, 3])
def test_nothing_to_assign(shelters: int) -> None:
    nobody: Assignment = assign(Instance.of_arcs([], [1] * shelters, [], [], []), fair=True)
    assert nobody.covered == 0 and nobody.worst == 0
