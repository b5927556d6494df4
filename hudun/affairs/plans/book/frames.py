"""The walk minute by minute, small enough for a page: people in cells of a grid, not one by one."""

from __future__ import annotations

from typing import Any

import numpy as np

from hudun.affairs.plans.shelter_plan.look import moments
from hudun.affairs.plans.shelter_plan.plan import Result
from hudun.engines.clearance.motion import Frame, Phase, door_curves
from hudun.engines.sheltering.network import Floats, Ints

Row = dict[str, Any]
CELLS = 90
"""Along the longer side of the map."""
MOST_FRAMES = 60
PHASES = ("at_home", "on_link", "waiting", "last_metres", "at_door", "inside")


def walk_frames(result: Result) -> Row:
    """`frames[k]`: minute, people in each phase (they add up to everybody who has a place), and
    cells [lon, lat, people outside]; `filled[j][k]`: people inside shelter j by then."""
    last = float(result.times.inside.max(initial=0.0)) / 60
    every = max(1, int(np.ceil(last / MOST_FRAMES)))
    taken = moments(result, every * 60.0)
    place = _Places(result)
    _, inside = door_curves(result.groups, result.times, len(result.ground.owner), every * 60.0)
    filled = np.zeros((len(result.ground.shelters.id), inside.shape[1]), np.int64)
    np.add.at(filled, result.ground.owner, inside)
    return {
        "every_min": every,
        "phases": PHASES,
        "frames": [
            {
                "minute": round(frame.second / 60),
                "people": frame.people(result.groups).tolist(),
                "cells": place.cells(frame),
            }
            for frame in taken
        ],
        "filled": filled.tolist(),
    }


class _Places:
    """Where each group is at a moment."""

    def __init__(self, result: Result) -> None:
        self.result = result
        ground, ways, groups = result.ground, result.ways, result.groups
        streets = ground.streets
        self.node = np.stack([streets.lon, streets.lat], axis=1)
        rows = result.plan.instance.rows()[result.used][result.group_arc]
        self.home = self.node[ground.home[rows]]
        self.door = self.node[ground.door[groups.door]]
        self.shift = ways.first[:-1][result.group_arc] - groups.first[:-1]
        corner = self.node.min(axis=0)
        self.corner = corner
        self.cell = float((self.node.max(axis=0) - corner).max()) / CELLS or 1.0

    def cells(self, frame: Frame) -> list[list[float]]:
        outside = frame.phase != Phase.INSIDE
        place = self._place(frame)[outside]
        people = self.result.groups.people[outside]
        at = np.floor((place - self.corner) / self.cell).astype(np.int64)
        key = at[:, 0] * (CELLS + 2) + at[:, 1]
        _, group = np.unique(key, return_inverse=True)
        total = np.bincount(group, people).astype(np.int64)
        middle = np.stack(
            [np.bincount(group, place[:, k] * people) / np.maximum(1, total) for k in (0, 1)],
            axis=1,
        )
        return [
            [round(lon, 5), round(lat, 5), int(n)]
            for (lon, lat), n in zip(middle.tolist(), total.tolist(), strict=True)
        ]

    def _place(self, frame: Frame) -> Floats:
        place = self.home.copy()
        walking = frame.step >= 0
        step = frame.step[walking]
        start, end = self._ends(step, step + self.shift[walking])
        share = frame.share[walking][:, None]
        place[walking] = start * (1 - share) + end * share
        near = np.isin(frame.phase, (Phase.AT_DOOR, Phase.LAST_METRES))
        place[near] = self.door[near]
        return place

    def _ends(self, step: Ints, way: Ints) -> tuple[Floats, Floats]:
        streets, ways = self.result.ground.streets, self.result.ways
        edge, entered = self.result.groups.link[step], ways.node[way]
        other = np.where(streets.a[edge] == entered, streets.b[edge], streets.a[edge])
        return self.node[entered], self.node[other]
