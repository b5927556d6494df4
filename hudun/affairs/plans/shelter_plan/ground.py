"""Streets, people, shelters and their doors, each where it stands on the network."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from hudun.core.error import Problem
from hudun.engines.clearance.speeds import FLOW
from hudun.engines.sheltering.instance import Flags
from hudun.engines.sheltering.network import Floats, Ints, Network, Nodes
from hudun.engines.sheltering.search import Doors
from hudun.geodata.streets import Streets, snap

from .points import Points, place_of, records

DOOR_PER_HUNDRED_M = 0.3
"""GB 50038-2005 §3.3.8: clear width of all doors, at least 0.3 m for a hundred people; taken where
the file gives no width, shared by the doors of a shelter."""
NARROWEST_M = 0.8


@dataclass
class Entrances:
    """Doors in the order of their shelters; `owner` is the row of the shelter."""

    owner: list[int] = field(default_factory=list)
    places: list[tuple[float, float]] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    accesses: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(
        self, owner: int, place: tuple[float, float], node: int, width: float, access: float
    ) -> None:
        self.owner.append(owner)
        self.places.append(place)
        self.nodes.append(node)
        self.widths.append(width)
        self.accesses.append(access)

    def in_order(self) -> Entrances:
        order = np.argsort(self.owner, kind="stable").tolist()
        columns = (self.owner, self.places, self.nodes, self.widths, self.accesses)
        owner, places, nodes, widths, accesses = ([column[k] for k in order] for column in columns)
        return Entrances(owner, places, nodes, widths, accesses, self.faults)


@dataclass(frozen=True, slots=True)
class Ground:
    streets: Streets
    network: Network
    people: Points
    shelters: Points
    home: Nodes
    """Street node of each row of people, −1 if none is near."""
    home_m: Floats
    """From there to it."""
    door: Nodes
    """Street node of each door, −1 if none is near; doors stand in the order of their shelters."""
    door_m: Floats
    owner: Ints
    """The shelter of each door."""
    rate: Floats
    """Persons/s through each door."""


def lay_ground(
    streets: Streets, people: Points, shelters: Points, entrances: Entrances | None = None
) -> Ground:
    ends = (streets.a, streets.b, streets.there, streets.back)
    network = Network.of_edges(len(streets.ids), *ends)
    given = entrances or own_doors(shelters)
    owner = np.array(given.owner, np.int64)
    homes, doors = nodes_of(streets, people), nodes_of(streets, given)
    rate = _rates(shelters, owner, np.array(given.widths))
    return Ground(streets, network, people, shelters, *homes, *doors, owner, rate)


def own_doors(shelters: Points) -> Entrances:
    """One door each, where the shelter stands."""
    given = Entrances(list(range(len(shelters.id))))
    given.places, given.nodes = shelters.places, shelters.nodes
    given.widths, given.accesses = shelters.widths, shelters.accesses
    return given


def read_entrances(path: Path, shelters: Points) -> Entrances:
    """口部: `shelter, lon, lat (or node)[, width, state]`; a shelter the file does not name keeps a
    door where it stands. A row that cannot be used is named."""
    row_of = {name: k for k, name in enumerate(shelters.id)}
    given, count = Entrances(), 0
    for count, record in enumerate(records(path), 1):
        name, fault, spot = place_of(record)
        owner = row_of.get(name)
        if owner is None:
            fault = f"没有工程“{name}”，或它不用"
        if fault or owner is None:
            given.faults.append(f"{path.name} 第 {count} 行：{fault}")
            continue
        given.add(owner, *spot)
    if not count:
        raise Problem("400.313", path=path.name, rows=0, faults=0, first="文件为空")
    for k in sorted(set(row_of.values()) - set(given.owner)):
        spot = (shelters.places[k], shelters.nodes[k], shelters.widths[k], shelters.accesses[k])
        given.add(k, *spot)
    return given.in_order()


def nodes_of(streets: Streets, points: Points | Entrances) -> tuple[Nodes, Floats]:
    """By the name of the node where the file gives it, else the nearest; and how far it is."""
    node = np.array(points.nodes, np.int64)
    lonlat = np.array(points.places, np.float64).reshape(-1, 2)
    order = np.argsort(streets.ids, kind="stable")
    place = np.searchsorted(streets.ids, node, sorter=order)
    by_name = order[np.minimum(place, len(order) - 1)].astype(np.int32)
    named = (node >= 0) & (streets.ids[by_name] == node)
    nearest, metres = np.full(len(node), -1, np.int32), np.zeros(len(node))
    if streets.placed:
        nearest, metres = snap(streets, lonlat[:, 0], lonlat[:, 1])
    return np.where(named, by_name, nearest), np.where(named, np.array(points.accesses), metres)


def doors_of(ground: Ground, lost: Flags | None = None) -> Doors:
    """Door k of the ground is door k here; one off the streets or of a lost shelter is infinitely
    far."""
    shut = ground.door < 0 if lost is None else (ground.door < 0) | lost[ground.owner]
    first = np.searchsorted(ground.owner, np.arange(len(ground.shelters.id) + 1))
    cost = np.where(shut, np.inf, ground.door_m)
    return Doors(first, np.where(shut, 0, ground.door).astype(np.int32), cost)


def off_streets(ground: Ground) -> Nodes:
    """For each shelter, −1 if none of its doors stands on the streets."""
    some = np.full(len(ground.shelters.id), -1, np.int32)
    some[ground.owner[ground.door >= 0]] = 0
    return some


def _rates(shelters: Points, owner: Ints, width: Floats) -> Floats:
    doors = np.bincount(owner, minlength=len(shelters.id))[owner]
    by_rule = shelters.number[owner] / 100 * DOOR_PER_HUNDRED_M / doors
    return FLOW * np.where(width > 0, width, np.maximum(by_rule, NARROWEST_M))
