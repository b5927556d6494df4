"""Streets, people and shelters put together: who goes where, who is left and why, and how long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hudun.engines.clearance.queue import Groups, Links, Times, split_groups, walk
from hudun.engines.clearance.speeds import FLOW
from hudun.engines.sheltering.assign import Assignment
from hudun.engines.sheltering.instance import Flags, Instance
from hudun.engines.sheltering.network import Ints, Nodes
from hudun.engines.sheltering.places import best_sites
from hudun.engines.sheltering.routes import Routes, routes
from hudun.engines.sheltering.search import Doors, Reach, reach
from hudun.geodata.streets import Streets

from .choose import Terms as Terms
from .choose import choose
from .ground import Entrances, Ground, doors_of, lay_ground
from .points import Points, picked

WIDTH_M = 4.0
"""Clear width of a street whose width is unknown."""
HOUSEHOLD = 4


@dataclass(frozen=True, slots=True)
class Result:
    ground: Ground
    terms: Terms
    plan: Assignment
    reasons: Nodes
    proved: bool
    used: Ints
    """Arcs of the plan with people on them; routes and minutes below are in this order."""
    ways: Routes
    groups: Groups
    group_arc: Ints
    """Position in `used` of each group that walks."""
    times: Times


def make_plan(
    streets: Streets,
    people: Points,
    shelters: Points,
    terms: Terms,
    entrances: Entrances | None = None,
) -> Result:
    ground = lay_ground(streets, people, shelters, entrances)
    chosen = choose(instance_of(ground, terms), people.community, terms)
    return finished(ground, terms, chosen.plan, chosen.proved)


def instance_of(ground: Ground, terms: Terms, lost: Flags | None = None) -> Instance:
    """Every shelter within the limit of every row; lost ones have no door and no place."""
    gone = np.zeros(len(ground.shelters.id), bool) if lost is None else lost
    found = _reach(ground, doors_of(ground, gone), terms.limit_m)
    places = np.where(gone, 0, ground.shelters.number)
    return Instance.of_reach(found, ground.people.number, places)


def instance_reach(ground: Ground, limit: float) -> Reach:
    return _reach(ground, doors_of(ground), limit)


def finished(
    ground: Ground, terms: Terms, plan: Assignment, proved: bool, lost: Flags | None = None
) -> Result:
    """The plan with everybody's way, minutes and reason."""
    doors = doors_of(ground, lost)
    used = np.flatnonzero(plan.flow)
    rows, to = plan.instance.rows()[used], plan.instance.shelter[used]
    ways = routes(ground.network, doors, ground.home[rows], to, terms.limit_m)
    groups, group_arc = _groups(ground, plan, used, ways, terms)
    times = walk(links_of(ground.streets), ground.rate, groups)
    reasons = plan.reasons(_connected(ground, lost))
    return Result(ground, terms, plan, reasons, proved, used, ways, groups, group_arc, times)


def place_shelters(
    streets: Streets, people: Points, sites: int, size: int, within: float
) -> Points:
    """A stated rule where no shelters are known: one after the other at the row of people that has
    most people still without a place within `within` metres, `size` places each."""
    ground = lay_ground(streets, people, people)
    near = _reach(ground, doors_of(ground), within)
    rows = [site.candidate for site in best_sites(people.number, near, sites, size)]
    return picked(people, rows, [size] * len(rows))


def _reach(ground: Ground, doors: Doors, limit: float) -> Reach:
    """From door to door within the limit; rows of people off the streets reach nothing."""
    on = np.flatnonzero(ground.home >= 0)
    found = reach(ground.network, doors, ground.home[on], limit)
    row = on[found.rows()]
    cost = found.cost + ground.home_m[row]
    near = cost <= limit
    counts = np.bincount(row[near], minlength=len(ground.home))
    first = np.concatenate([[0], np.cumsum(counts)])
    return Reach(first, found.shelter[near], cost[near])


def _connected(ground: Ground, lost: Flags | None) -> Flags:
    """From where some shelter can be walked to at all."""
    label = ground.streets.component
    doors = doors_of(ground, lost)
    with_door = np.unique(label[doors.node[np.isfinite(doors.cost)]])
    return np.asarray((ground.home >= 0) & np.isin(label[ground.home], with_door))


def links_of(streets: Streets) -> Links:
    """Lengths as level ground; where a street is steeper one way, the mean of both."""
    width = np.where(np.isnan(streets.width), WIDTH_M, streets.width)
    return Links((streets.there + streets.back) / 2, FLOW * width)


def _groups(
    ground: Ground, plan: Assignment, used: Ints, ways: Routes, terms: Terms
) -> tuple[Groups, Ints]:
    """Households, of one age group each, so that shares hold to the person."""
    people = plan.flow[used]
    bounds = np.rint(np.outer(people, np.cumsum([0, *(group.share for group in terms.ages)])))
    whole = bounds.astype(np.int64)
    per_age = (whole[:, 1:] - whole[:, :-1]).ravel()
    row, count = split_groups(per_age, HOUSEHOLD)
    arc, age = np.divmod(row, len(terms.ages))
    length = np.diff(ways.first)[arc]
    first = np.concatenate([[0], np.cumsum(length)])
    link = ways.edge[np.repeat(ways.first[:-1][arc] - first[:-1], length) + np.arange(first[-1])]
    speed = np.array([group.speed for group in terms.ages])[age]
    start = np.full(len(row), terms.warning_s + terms.start_s)
    door = ways.door[arc]
    off_street = ground.home_m[plan.instance.rows()[used]][arc] + ground.door_m[door]
    return Groups(count, start, speed, first, link, off_street, door), arc
