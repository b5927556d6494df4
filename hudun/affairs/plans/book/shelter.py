"""The list of a shelter: who comes, through which entrance, when, and when it is full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from hudun.affairs.plans.shelter_plan.plan import Result
from hudun.engines.clearance.motion import door_curves

from .arcs import Arc, communities_of, minutes
from .directory import Directory

Row = dict[str, Any]


def shelter_rows(result: Result, directory: Directory) -> list[Row]:
    """One a shelter, in the order of the input."""
    given, load = result.ground.shelters, result.plan.load
    last = np.zeros(len(given.id))
    np.maximum.at(last, result.ground.owner[result.groups.door], result.times.inside)
    placed = result.ground.streets.placed
    return [
        {
            "name": name,
            "title": directory.shelter(name).name,
            "community": given.community[j],
            "places": int(given.numbers[j]),
            "people": int(load[j]),
            "free": int(given.numbers[j]) - int(load[j]),
            "inside_min": minutes(last[j]),
            "lon": round(given.places[j][0], 6) if placed else None,
            "lat": round(given.places[j][1], 6) if placed else None,
        }
        for j, name in enumerate(given.id)
    ]


def shelter_lists(
    result: Result, pairs: list[Arc], directory: Directory, rows: list[Row]
) -> Iterator[Row]:
    coming: dict[int, list[Arc]] = {}
    for arc in pairs:
        coming.setdefault(arc.shelter, []).append(arc)
    names, people = communities_of(result), result.ground.people
    curves = _filling(result)
    for j, row in enumerate(rows):
        words = directory.shelter(row["name"])
        arrived, inside = curves[0][j], curves[1][j]
        end = int(np.searchsorted(inside, inside[-1])) + 1 if inside[-1] else 0
        yield {
            **row,
            "address": words.address,
            "keeper": words.keeper,
            "phone": words.phone,
            "doors": _doors(result, j, words.doors),
            "arrived": arrived[:end].tolist(),
            "inside": inside[:end].tolist(),
            "rows": [
                {
                    "community": names[arc.row],
                    "id": people.id[arc.row],
                    "door": arc.door + 1,
                    "people": arc.people,
                    "metres": arc.metres,
                    "first_min": arc.first_min,
                    "inside_min": arc.inside_min,
                }
                for arc in sorted(
                    coming.get(j, []), key=lambda arc: (names[arc.row], people.id[arc.row])
                )
            ],
        }


def _filling(result: Result) -> tuple[Any, Any]:
    """(arrived, inside) of each shelter after 0, 1, 2… minutes."""
    owner = result.ground.owner
    by_door = door_curves(result.groups, result.times, len(owner), 60.0)
    return tuple(_by_shelter(curve, owner, len(result.ground.shelters.id)) for curve in by_door)


def _by_shelter(curve: Any, owner: Any, count: int) -> Any:
    total = np.zeros((count, curve.shape[1]), np.int64)
    np.add.at(total, owner, curve)
    return total


def _doors(result: Result, j: int, names: tuple[str, ...]) -> list[Row]:
    mine = np.flatnonzero(result.ground.owner == j)
    people = np.zeros(len(result.ground.owner), np.int64)
    np.add.at(people, result.groups.door, result.groups.people)
    return [
        {
            "door": k + 1,
            "name": names[k] if k < len(names) else "",
            "people": int(people[door]),
            "per_minute": round(float(result.ground.rate[door]) * 60),
        }
        for k, door in enumerate(mine)
    ]
