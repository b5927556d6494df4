"""A loss moves few, strands nobody who could be covered, and every move is named."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hudun.engines.sheltering.assign import assign
from hudun.engines.sheltering.instance import Instance
from hudun.engines.sheltering.loss import (
    carried,
    displaced,
    moves,
    repair,
    repair_onto,
    replan,
    stable_instance,
    stable_onto,
    stable_plan,
    without,
)
from hudun.engines.sheltering.proof import verify
from hudun.engines.sheltering.simplex import Solved, cheapest
from hudun.engines.sheltering.warm import is_cheapest, warm

from .instances import instances


def some_lost(instance: Instance, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random(instance.shelters) < 0.3


@settings(deadline=None)
@given(instances(), st.integers(0, 999))
def test_repair_moves_only_those_who_lost_their_place(instance: Instance, seed: int) -> None:
    plan, lost = assign(instance), some_lost(instance, seed)
    mended = repair(plan, lost)
    assert (mended.load <= np.where(lost, 0, instance.places)).all()
    assert (mended.left >= 0).all()
    moved = moves(plan, mended)
    assert moved.total == displaced(plan, lost)
    assert set(moved.source.tolist()) <= set(np.flatnonzero(lost).tolist())


@settings(deadline=None)
@given(instances(), st.integers(0, 999), st.sampled_from([0, 3, 1000]))
def test_replan_covers_as_many_as_a_new_plan(instance: Instance, seed: int, penalty: int) -> None:
    plan, lost = assign(instance), some_lost(instance, seed)
    stable, fresh = replan(plan, lost, penalty), assign(without(instance, lost))
    assert stable.covered == fresh.covered
    assert (stable.load <= np.where(lost, 0, instance.places)).all() and (stable.left >= 0).all()
    assert stable.walked >= fresh.walked
    if penalty == 0:
        assert stable.walked == fresh.walked


@settings(deadline=None)
@given(instances(), st.integers(0, 999))
def test_a_dearer_move_moves_no_more_people(instance: Instance, seed: int) -> None:
    plan, lost = assign(instance), some_lost(instance, seed)
    counts = [moves(plan, replan(plan, lost, penalty)).total for penalty in (0, 10, 10_000)]
    assert counts[2] <= counts[1]
    assert counts[2] >= displaced(plan, lost)


@settings(deadline=None)
@given(instances(), st.integers(0, 999))
def test_moves_lead_from_one_plan_to_the_other(instance: Instance, seed: int) -> None:
    plan, lost = assign(instance), some_lost(instance, seed)
    stable = replan(plan, lost, 5)
    table = np.zeros((instance.demands, instance.shelters + 1), np.int64)
    for source in (plan, stable):
        sign = 1 if source is plan else -1
        np.add.at(table, (source.instance.rows(), source.instance.shelter), sign * source.flow)
        table[:, -1] += sign * source.left
    step = moves(plan, stable)
    np.add.at(table, (step.demand, step.source), -step.people)
    np.add.at(table, (step.demand, step.target), step.people)
    assert not table.any()
    assert (step.people > 0).all() and (step.source != step.target).all()


def test_the_stable_plan_is_optimal_at_its_penalty() -> None:
    instance = Instance.of_arcs(
        [4, 4, 4], [4, 4, 4, 2], [0, 0, 1, 1, 2, 2, 0], [0, 1, 1, 2, 2, 3, 3], [1, 5, 1, 5, 1, 5, 9]
    )
    plan = assign(instance)
    lost = np.array([True, False, False, False])
    parts, _, _ = stable_instance(plan, without(instance, lost), 100)
    solved = assign(parts)
    assert solved.proof is not None and verify(parts, solved.flow, solved.proof).holds
    stable = replan(plan, lost, 100)
    assert stable.covered == 10 and moves(plan, stable).total == 4


@settings(deadline=None)
@given(instances(), st.integers(0, 999), st.sampled_from([0, 3, 1000]))
def test_mending_finds_what_solving_anew_finds(instance: Instance, seed: int, penalty: int) -> None:
    stable = stable_plan(assign(instance), some_lost(instance, seed), penalty)
    anew = cheapest(stable.parts, stable.outside)
    assert stable.proved and is_cheapest(stable.parts, stable.outside, anew)


@settings(deadline=None)
@given(instances())
def test_mended_from_nothing_is_the_optimum(instance: Instance) -> None:
    outside = np.full(instance.demands, instance.ceiling())
    nobody = np.zeros(instance.arcs, np.int64), np.zeros(instance.shelters, np.int64)
    found = warm(instance, outside, *nobody, instance.people)
    assert found is not None and is_cheapest(instance, outside, found)
    assert found.flow.sum() == assign(instance).covered


def test_only_an_optimum_is_mended_and_only_an_optimum_is_proved() -> None:
    instance = Instance.of_arcs([1, 1], [1, 1], [0, 0, 1, 1], [0, 1, 0, 1], [1, 5, 5, 1])
    outside, free, none = np.full(2, 99), np.zeros(2, np.int64), np.zeros(2, np.int64)
    crossed = np.array([0, 1, 1, 0])
    assert warm(instance, outside, crossed, free, none) is None
    assert not is_cheapest(instance, outside, Solved(crossed, free))
    assert not is_cheapest(instance, outside, Solved(np.array([1, 0, 1, 0]), free))


def test_a_plan_without_prices_is_solved_anew() -> None:
    instance = Instance.of_arcs([4, 4], [4, 9], [0, 0, 1, 1], [0, 1, 0, 1], [1, 5, 2, 9])
    lost = np.array([False, True])
    mended = repair(assign(instance), lost)
    assert mended.proof is None and stable_plan(mended, np.array([True, False]), 5).proved


@settings(deadline=None)
@given(instances(), st.integers(0, 999), st.sampled_from([0, 3, 1000]))
def test_lost_streets_are_answered_like_lost_shelters(
    instance: Instance, seed: int, penalty: int
) -> None:
    """Some ways are gone, others are longer, some shelters lost: as many are covered as by a new
    plan, nobody is on a way that is gone, and only those without one move at once."""
    rng, plan = np.random.default_rng(seed), assign(instance)
    lost = some_lost(instance, seed)
    longer = instance.priced(instance.cost + rng.integers(0, 9, instance.arcs) // 6 * 5)
    rest = without(longer.keep(rng.random(instance.arcs) < 0.8), lost)
    stable, fresh, mended = stable_onto(plan, rest, penalty), assign(rest), repair_onto(plan, rest)
    assert stable.proved and stable.plan.covered == fresh.covered >= mended.covered
    assert (mended.load <= rest.places).all() and (mended.left >= 0).all()
    assert moves(plan, mended).total == carried(plan, rest)[1].sum()
    if penalty == 0:
        assert stable.plan.walked == fresh.walked


def test_who_lost_his_street_moves_and_his_neighbour_does_not() -> None:
    instance = Instance.of_arcs([3, 3], [6, 9], [0, 0, 1, 1], [0, 1, 0, 1], [1, 7, 2, 9])
    plan = assign(instance)
    rest = instance.keep(np.array([False, True, True, True]))
    step = moves(plan, repair_onto(plan, rest))
    assert [column.tolist() for column in (step.demand, step.source, step.target, step.people)] == [
        [0], [0], [1], [3]
    ]  # fmt: skip
    assert stable_onto(plan, rest, 5).plan.flow.tolist() == [3, 3, 0]
