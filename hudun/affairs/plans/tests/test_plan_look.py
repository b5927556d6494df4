"""What a map shows of a plan agrees with the plan."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from hudun.affairs.plans.shelter_plan.look import (
    clearance,
    minutes_to_nearest,
    moments,
    street_flow,
    within,
)
from hudun.affairs.plans.shelter_plan.plan import Result


def test_minutes_grow_away_from_a_shelter(result: Result) -> None:
    minutes = minutes_to_nearest(result)
    streets = result.ground.streets
    assert minutes[streets.ids == 2][0] == pytest.approx(0, abs=0.1)
    assert minutes[streets.ids == 1][0] == pytest.approx(2.5, abs=0.1)
    assert np.isinf(minutes[streets.ids == 8]).all()


def test_flow_and_moments_agree_with_the_plan(result: Result) -> None:
    metres = (street_flow(result) * result.ground.streets.length).sum()
    off = (result.groups.people * result.groups.last).sum()
    assert metres + off == pytest.approx(result.plan.walked * result.plan.instance.unit, rel=1e-3)
    shown = moments(result)
    assert {int(frame.people(result.groups).sum()) for frame in shown} == {result.plan.covered}
    assert shown[-1].people(result.groups)[-1] == result.plan.covered


def test_a_polygon_clears_with_its_own_people(result: Result) -> None:
    west = within(result, shapely.box(112.99, 27.9, 113.001, 28.1))
    assert west.tolist() == [True, False, False, False, False]
    cleared = clearance(result, west)
    assert cleared.budget.people == cleared.inside[-1] == result.plan.inside[0] > 0
    assert clearance(result, west, alone=True).budget.last <= cleared.budget.last
    everybody = clearance(result, np.ones(5, bool))
    assert everybody.budget.last == result.times.inside.max()
