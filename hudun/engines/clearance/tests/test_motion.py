"""Moments of the walk, streets and doors over time, and a part of the people alone."""

from __future__ import annotations

import numpy as np
import pytest

from hudun.engines.clearance.motion import Phase, door_curves, frames, link_curve, link_flow
from hudun.engines.clearance.part import clear_alone, clear_part
from hudun.engines.clearance.queue import Groups, Links, Times, curve, walk

LINKS = Links(np.array([100.0, 50.0]), np.array([1.0, 0.5]))
RATE = np.array([1.0, 0.25])
GROUPS = Groups(
    people=np.array([2, 3]), start=np.array([10.0, 10.0]), speed=np.array([1.0, 2.0]),
    first=np.array([0, 2, 3]), link=np.array([0, 1, 0], np.int32), last=np.array([5.0, 0.0]),
    door=np.array([0, 1], np.int32),
)  # fmt: skip


def times() -> Times:
    return walk(LINKS, RATE, GROUPS, trace=True)


def test_the_walk_by_hand() -> None:
    """The first two enter at 10, walk 100 s and 55 s, and are through the door 2 s later; the three
    behind them wait until 12, walk 50 s and take 12 s at the door."""
    run = times()
    assert run.entered.tolist() == [10, 110, 12]
    assert run.arrived.tolist() == [165, 62] and run.inside.tolist() == [167, 74]


def test_moments_show_everybody_once() -> None:
    shown = frames(LINKS, GROUPS, times(), [0, 11, 60, 70, 163, 170])
    assert [frame.phase.tolist() for frame in shown] == [
        [Phase.AT_HOME, Phase.AT_HOME], [Phase.ON_LINK, Phase.WAITING],
        [Phase.ON_LINK, Phase.ON_LINK], [Phase.ON_LINK, Phase.AT_DOOR],
        [Phase.LAST_METRES, Phase.INSIDE], [Phase.INSIDE, Phase.INSIDE],
    ]  # fmt: skip
    assert all(frame.people(GROUPS).sum() == 5 for frame in shown)
    assert shown[2].share.tolist() == [0.5, 0.96]
    assert shown[2].on_links(GROUPS, LINKS).tolist() == [5, 0]


def test_streets_and_doors_over_time() -> None:
    assert link_flow(GROUPS, LINKS).tolist() == [5, 2]
    assert link_curve(GROUPS, times(), 1, 60).tolist() == [0, 2]
    arrived, inside = door_curves(GROUPS, times(), 2, 60)
    assert arrived.tolist() == [[0, 0, 0, 2], [0, 0, 3, 3]]
    assert inside.sum(axis=0).tolist() == curve(times().inside, GROUPS.people, 60).tolist()


def test_an_untraced_run_has_no_moments() -> None:
    with pytest.raises(ValueError):
        frames(LINKS, GROUPS, walk(LINKS, RATE, GROUPS), [0])


def test_a_part_alone_is_not_later_than_with_the_others() -> None:
    second = np.array([False, True])
    together = clear_part(LINKS, GROUPS, times(), second, 10)
    alone = clear_alone(LINKS, RATE, GROUPS, second, 10)
    assert (together.budget.last, alone.budget.last) == (74, 72)
    assert together.inside.tolist() == [0, 0, 3] and together.budget.people == 3
    nobody = clear_part(LINKS, GROUPS, times(), np.array([False, False]), 10)
    assert nobody.budget.people == 0 and nobody.budget.last == 0
