"""Closed cases after IMO MSC.1/Circ.1533 annex 3 and RiMEA 4.1, to one person at the door."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudun.engines.clearance.budget import budget
from hudun.engines.clearance.queue import (
    FOREVER,
    Floats,
    Groups,
    Links,
    curve,
    split_groups,
    through_door,
    walk,
)
from hudun.engines.clearance.speeds import AGE_GROUPS, FLOW, corridor_speed


def crowd(people: int, doors: int, metres: float, speed: float = 1.0) -> Groups:
    """Single persons, all at once through one link, spread evenly over the doors."""
    one = np.ones(people, np.int64)
    return Groups(
        one, np.zeros(people), np.full(people, speed), np.arange(people + 1),
        np.zeros(people, np.int32), np.zeros(people),
        (np.arange(people) % doors).astype(np.int32),
    )  # fmt: skip


def corridor(metres: float, width: float | None = None) -> Links:
    return Links(np.array([metres]), np.array([FOREVER if width is None else FLOW * width]))


def wide(doors: int = 1) -> Floats:
    return np.full(doors, 1e9)


def test_one_person_in_a_corridor_keeps_his_speed() -> None:
    """IMO test 1: 40 m at 1 m/s take 40 s. RiMEA test 1: 40 m at 1.33 m/s take 26 to 34 s."""
    assert walk(corridor(40), wide(), crowd(1, 1, 40)).inside[0] == pytest.approx(40)
    brisk = walk(corridor(40), wide(), crowd(1, 1, 40, 1.33)).inside[0]
    assert 26 <= brisk <= 34


def test_a_corridor_lets_its_width_through() -> None:
    """The last of N enters after (N − 1)/(1.3·w) and walks on."""
    last = walk(corridor(40, 2.0), wide(), crowd(500, 1, 40)).inside.max()
    assert last == pytest.approx(40 + 499 / (FLOW * 2), abs=1 / FLOW)


def test_exit_flow_does_not_pass_the_largest_specific_flow() -> None:
    """IMO test 4: 100 persons, a 1 m exit, no more than 1.33 persons a second."""
    inside = np.sort(walk(corridor(5), np.array([FLOW]), crowd(100, 1, 5)).inside)
    assert (100 - 1) / (inside[-1] - inside[0]) <= 1.33
    assert inside[-1] == pytest.approx(5 + 100 / FLOW, abs=1 / FLOW)


def test_a_shelter_of_a_thousand_with_three_metres_of_doors_fills_in_256_s() -> None:
    last = walk(corridor(0), np.array([3 * FLOW]), crowd(1000, 1, 0)).inside.max()
    assert last == pytest.approx(256.4, abs=0.1)


def test_half_the_exits_take_twice_as_long() -> None:
    """IMO test 9, RiMEA test 9: 1,000 people, four exits of 1 m; then two of them are closed."""
    four = walk(corridor(0), np.full(4, FLOW), crowd(1000, 4, 0)).inside.max()
    two = walk(corridor(0), np.full(2, FLOW), crowd(1000, 2, 0)).inside.max()
    assert two / four == pytest.approx(2.0, rel=0.01)


def test_age_groups_keep_their_own_speeds() -> None:
    """RiMEA test 7: who is slower arrives later, in the ratio of the speeds."""
    for group in AGE_GROUPS:
        walked = walk(corridor(200), wide(), crowd(1, 1, 200, group.speed)).arrived[0]
        assert walked == pytest.approx(200 / group.speed)


def test_a_start_later_is_an_arrival_later() -> None:
    """RiMEA test 5: premovement times are kept."""
    early, late = crowd(2, 1, 10), crowd(2, 1, 10)
    late.start[:] = [10, 100]
    shift = walk(corridor(10), wide(), late).arrived - walk(corridor(10), wide(), early).arrived
    assert shift.tolist() == [10, 100]


def test_imo_speeds_by_density() -> None:
    assert corridor_speed([0, 0.5, 1.2, 1.9, 3.2, 3.5, 9]).tolist() == pytest.approx(
        [1.2, 1.2, 0.935, 0.67, 0.20, 0.10, 0.10]
    )


@given(
    st.lists(
        st.tuples(st.floats(0, 500), st.integers(1, 30)),
        min_size=1,
        max_size=40,
        unique_by=lambda one: one[0],
    )
)
def test_the_door_in_closed_form_is_the_door_in_the_network(
    arrivals: list[tuple[float, int]],
) -> None:
    arrived = np.array(sorted(time for time, _ in arrivals))
    people = np.array([n for _, n in arrivals])
    groups = Groups(
        people, arrived, np.ones(len(people)), np.zeros(len(people) + 1, np.int64),
        np.zeros(0, np.int32), np.zeros(len(people)), np.zeros(len(people), np.int32),
    )  # fmt: skip
    simulated = walk(Links(np.zeros(0), np.zeros(0)), np.array([2.0]), groups)
    closed = through_door(arrived, people, 2.0)
    assert np.allclose(np.sort(simulated.inside), closed)


def test_the_parts_of_the_budget_add_up() -> None:
    groups = crowd(300, 1, 80)
    groups.start[:] = 180.0
    links = corridor(80, 1.0)
    times = walk(links, np.array([2 * FLOW]), groups)
    parts = budget(links, groups, times, warning=60.0)
    assert parts.mean == pytest.approx(times.inside.mean())
    assert (parts.warning, parts.start, parts.walk) == (60, 120, 80)
    assert parts.queue > 0 and parts.door > 0 and parts.last == times.inside.max()


def test_the_curve_ends_with_everybody() -> None:
    assert curve(np.array([0.0, 30.0, 61.0]), np.array([1, 2, 4]), 60).tolist() == [1, 3, 7]


def test_groups_are_cut_without_losing_anybody() -> None:
    row, people = split_groups(np.array([0, 9, 4]), 4)
    assert row.tolist() == [1, 1, 1, 2] and people.tolist() == [4, 4, 1, 4]


def test_a_closed_door_is_refused() -> None:
    with pytest.raises(ValueError):
        walk(corridor(1), np.array([0.0]), crowd(1, 1, 1))


def plainly(links: Links, rate: Floats, groups: Groups) -> list[float]:
    """The queue model said once more, as slowly as it reads: at each turn the earliest event."""
    link_free, door_free = [-np.inf] * len(links.length), [-np.inf] * len(rate)
    step = groups.first[:-1].tolist()
    due = [
        float(groups.start[k])
        + (groups.last[k] / groups.speed[k] if step[k] == groups.first[k + 1] else 0.0)
        for k in range(len(step))
    ]
    inside = [0.0] * len(step)
    while min(due) < np.inf:
        k = int(np.argmin(due))
        if step[k] == groups.first[k + 1]:
            d = groups.door[k]
            inside[k] = door_free[d] = max(due[k], door_free[d]) + groups.people[k] / rate[d]
            due[k] = np.inf
            continue
        e = groups.link[step[k]]
        entry = max(due[k], link_free[e])
        link_free[e] = entry + groups.people[k] / links.capacity[e]
        step[k] += 1
        off = groups.last[k] if step[k] == groups.first[k + 1] else 0.0
        due[k] = entry + (links.length[e] + off) / groups.speed[k]
    return inside


@pytest.mark.parametrize("seed", range(20))
def test_the_quick_run_is_the_plain_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count, length = 40, rng.integers(0, 5, 40)
    groups = Groups(
        rng.integers(1, 5, count), rng.uniform(0, 60, count), rng.uniform(0.5, 1.5, count),
        np.concatenate([[0], np.cumsum(length)]),
        rng.integers(0, 6, length.sum()).astype(np.int32), rng.uniform(0, 9, count),
        rng.integers(0, 3, count).astype(np.int32),
    )  # fmt: skip
    links, rate = Links(rng.uniform(5, 80, 6), rng.uniform(0.2, 3, 6)), rng.uniform(0.2, 3, 3)
    assert np.allclose(walk(links, rate, groups).inside, plainly(links, rate, groups))
