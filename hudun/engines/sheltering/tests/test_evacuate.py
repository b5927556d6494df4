"""Those who leave: in waves, to the person, within what points, areas and vehicles hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudun.engines.sheltering.evacuate import Fleet, evacuate, leavers, reconciled, stayers
from hudun.engines.sheltering.search import Reach

REACH = Reach(np.array([0, 1, 3, 3]), np.array([0, 0, 1], np.int32), np.array([100.0, 80.0, 300.0]))
PEOPLE = np.array([100, 200, 10])
RIDE = np.array([[30.0, 60.0], [np.inf, 50.0]])


def test_waves_fill_points_and_areas() -> None:
    """Half of 310 leave in two waves; the third row reaches no point, the near area holds 60."""
    waves = evacuate(PEOPLE, [0.3, 0.2], REACH, np.array([60, 50]), RIDE, np.array([60, 500]),
                     Fleet(2, 45))  # fmt: skip
    assert [wave.leaving.tolist() for wave in waves] == [[30, 60, 3], [20, 40, 2]]
    assert waves[0].gather.load.tolist() == [60, 30] and waves[1].gather.load.tolist() == [60, 0]
    assert [wave.ride.load.tolist() for wave in waves] == [[60, 30], [0, 60]]
    assert [wave.left for wave in waves] == [3, 2] and reconciled(waves)


def test_the_timetable_by_hand() -> None:
    """Two trips of 30 min and one of 50 by two vehicles: 50 + 20, and 30 + 20, back 30, 30 + 20."""
    waves = evacuate(PEOPLE, [0.3], REACH, np.array([60, 50]), RIDE, np.array([60, 500]),
                     Fleet(2, 45))  # fmt: skip
    assert waves[0].minutes == pytest.approx(30 + 20 + 30 + 30 + 20)
    assert 70 <= waves[0].least_minutes <= waves[0].minutes


@given(
    st.lists(st.integers(0, 999), min_size=1, max_size=20),
    st.lists(st.floats(0, 0.3), min_size=1, max_size=3),
)
def test_nobody_is_lost_between_waves(people: list[int], shares: list[float]) -> None:
    column = np.array(people)
    gone = leavers(column, shares)
    assert all((wave >= 0).all() for wave in gone)
    assert (sum(gone) + stayers(column, shares) == column).all()
    assert (np.abs(sum(gone) - column * sum(shares)) <= 0.5 + 1e-6).all()


@pytest.mark.parametrize(
    ("shares", "fleet"), [([0.8, 0.3], Fleet(1, 1)), ([-0.1], Fleet(1, 1)), ([0.1], Fleet(0, 1))]
)
def test_impossible_orders_are_refused(shares: list[float], fleet: Fleet) -> None:
    with pytest.raises(ValueError):
        evacuate(PEOPLE, shares, REACH, np.array([9, 9]), RIDE, np.array([9, 9]), fleet)
