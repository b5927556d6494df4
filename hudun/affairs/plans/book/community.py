"""The sheet of a community: who lives there, where each house goes, who helps, what to mind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from hudun.affairs.plans.shelter_plan.plan import Result
from hudun.engines.sheltering.assign import Reason
from hudun.geodata.streets.model import distances

from .arcs import ADULT_M_MIN, ELDER_M_MIN, Arc, communities_of, way_of
from .balance import REASONS
from .directory import Directory, Hazard

Row = dict[str, Any]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HAZARD_M = 100.0
"""GB 50038-2005 §3.1.3: 50 m from what burns, 100 m from what poisons; what lies nearer to a way
than the larger is named."""
REASON_KEYS = {
    Reason.CUT_OFF: "cut_off", Reason.NONE_IN_REACH: "none_in_reach", Reason.FULL: "full",
}  # fmt: skip


def community_sheets(
    result: Result, pairs: list[Arc], directory: Directory, loads: dict[int, Row]
) -> Iterator[Row]:
    """One a community, in the order of their names. `loads` are the rows of the shelters."""
    names = communities_of(result)
    rows_of: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        rows_of.setdefault(name, []).append(row)
    arcs_of: dict[int, list[Arc]] = {}
    for arc in pairs:
        arcs_of.setdefault(arc.row, []).append(arc)
    for name in sorted(rows_of):
        yield _sheet(result, name, rows_of[name], arcs_of, directory, loads)


def _sheet(
    result: Result, name: str, rows: list[int], arcs_of: dict[int, list[Arc]],
    directory: Directory, loads: dict[int, Row],
) -> Row:  # fmt: skip
    mine = [arc for row in rows for arc in arcs_of.get(row, [])]
    marks = _marks(mine)
    left = dict.fromkeys(REASONS, 0)
    for row in rows:
        if result.plan.left[row]:
            left[REASON_KEYS[Reason(result.reasons[row])]] += int(result.plan.left[row])
    people = [result.ground.people.numbers[row] for row in rows]
    covered = sum(arc.people for arc in mine)
    ways = _ways(result, mine, marks)
    return {
        "name": name,
        "people": sum(people),
        "vulnerable": sum(result.ground.people.vulnerables[row] for row in rows),
        "covered": covered,
        **left,
        "mean_m": round(sum(a.people * a.metres for a in mine) / max(1, covered), 1),
        "worst_m": max((arc.metres for arc in mine), default=0.0),
        "inside_min": max((arc.inside_min for arc in mine), default=0.0),
        "rows": [_row(result, row, arcs_of.get(row, []), marks) for row in rows],
        "shelters": [_shelter(loads[j], marks[j], j, mine, directory) for j in marks],
        "helpers": [
            {"name": one.name, "phone": one.phone, "duty": one.duty}
            for one in directory.helpers.get(name, [])
        ],
        "hazards": _near(ways, directory.hazards),
        "ways": ways,
        "placed": result.ground.streets.placed,
    }


def _marks(mine: list[Arc]) -> dict[int, str]:
    """A letter for each shelter, the one that takes most first."""
    people: dict[int, int] = {}
    for arc in mine:
        people[arc.shelter] = people.get(arc.shelter, 0) + arc.people
    order = sorted(people, key=lambda j: (-people[j], j))
    return {j: _letter(k) for k, j in enumerate(order)}


def _letter(k: int) -> str:
    return LETTERS[k] if k < len(LETTERS) else f"{LETTERS[k // 26 - 1]}{LETTERS[k % 26]}"


def _row(result: Result, row: int, to: list[Arc], marks: dict[int, str]) -> Row:
    people, left = result.ground.people, int(result.plan.left[row])
    home, streets = int(result.ground.home[row]), result.ground.streets
    lon, lat = people.places[row]
    if np.isnan(lon) and home >= 0:
        lon, lat = float(streets.lon[home]), float(streets.lat[home])
    return {
        "id": people.id[row],
        "kind": people.kinds[row],
        "people": people.numbers[row],
        "vulnerable": people.vulnerables[row],
        "lon": _place(lon),
        "lat": _place(lat),
        "left": left,
        "reason": REASON_KEYS[Reason(result.reasons[row])] if left else "",
        "to": [
            {
                "mark": marks[arc.shelter],
                "door": arc.door + 1,
                "people": arc.people,
                "metres": arc.metres,
                "adult_min": _ceil(arc.metres / ADULT_M_MIN),
                "elder_min": _ceil(arc.metres / ELDER_M_MIN),
                "first_min": arc.first_min,
                "inside_min": arc.inside_min,
            }
            for arc in sorted(to, key=lambda arc: (-arc.people, arc.shelter))
        ],
    }


def _place(degrees: float) -> float | None:
    return None if np.isnan(degrees) else round(degrees, 6)


def _ceil(minutes: float) -> int:
    return max(1, int(np.ceil(minutes)))


def _shelter(load: Row, mark: str, j: int, mine: list[Arc], directory: Directory) -> Row:
    words = directory.shelter(load["name"])
    doors = sorted({arc.door for arc in mine if arc.shelter == j})
    return {
        "mark": mark,
        "name": load["name"],
        "title": words.name,
        "address": words.address,
        "keeper": words.keeper,
        "phone": words.phone,
        "doors": [
            {"door": k + 1, "name": words.doors[k] if k < len(words.doors) else ""} for k in doors
        ],
        "people": sum(arc.people for arc in mine if arc.shelter == j),
        "all": load["people"],
        "places": load["places"],
        "full_min": load["inside_min"],
        "lon": load["lon"],
        "lat": load["lat"],
    }


def _ways(result: Result, mine: list[Arc], marks: dict[int, str]) -> list[Row]:
    if not result.ground.streets.placed:
        return []
    return [
        {
            "mark": marks[arc.shelter],
            "people": arc.people,
            "line": [(round(lon, 6), round(lat, 6)) for lon, lat in way_of(result, arc.place)],
        }
        for arc in mine
    ]


def _near(ways: list[Row], hazards: list[Hazard]) -> list[Row]:
    """Those nearer than HAZARD_M to a way, nearest first."""
    points = np.array([point for way in ways for point in way["line"]]).reshape(-1, 2)
    found = []
    for one in hazards:
        if not len(points):
            break
        lon, lat = np.full(len(points), one.lon), np.full(len(points), one.lat)
        metres = float(distances(lon, lat, points[:, 0], points[:, 1]).min())
        if metres <= HAZARD_M:
            found.append(
                {"name": one.name, "kind": one.kind, "metres": round(metres),
                 "lon": one.lon, "lat": one.lat}
            )  # fmt: skip
    return sorted(found, key=lambda one: one["metres"])
