"""What if shelters or streets are lost: the repair at once, the stable plan, who moves, and a book
of the stable plan that may become a version."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from hudun.affairs.plans.shelter_plan.lost import (
    OUTSIDE,
    AfterLoss,
    after_loss,
    loss_summary,
    lost_shelters,
    move_rows,
)
from hudun.affairs.plans.shelter_plan.plan import Result
from hudun.engines.sheltering.loss import Moves
from hudun.geodata.streets import crossing

from .assign import directory_in, finish
from .layers import collection, feature
from .make import Progress, save, totals
from .names import LOSS, MOVE_LAYER, MOVES

Row = dict[str, Any]
BEFORE = ("people", "covered", "left", "places", "mean_m", "worst_m", "last_inside_min")
"""Kept beside the loss: the version it was asked of may be computed anew."""


def lose_book(
    before: Result, home: Path, names: list[str], closed: BaseGeometry | None, penalty_m: float,
    folder: Path, progress: Progress,
) -> Row:  # fmt: skip
    """`home` is the folder of the plan before."""
    lost, _ = lost_shelters(before, names)
    streets = before.ground.streets
    shut = crossing(streets, closed) if closed is not None else np.zeros(len(streets.a), bool)
    progress(0.1, "修补与稳定重排")
    after = after_loss(before, lost, shut, penalty_m)
    was = totals(before)
    told = loss_summary(before, after) | {
        "before": {name: was[name] for name in BEFORE},
        "closed_streets": int(shut.sum()), "names": names, "penalty_m": penalty_m,
    }  # fmt: skip
    moves = [*move_rows(before, after.at_once, "once"), *move_rows(before, after.steady, "stable")]
    told["level"] = _level(before, after, moves)
    save(folder / LOSS, told)
    save(folder / MOVES, moves)
    if streets.placed:
        save(folder / MOVE_LAYER, move_layer(before, after.steady))
    progress(0.3, "新方案的册子")
    finish(
        stripped(after), folder, directory_in(home), {},
        lambda share, words: progress(0.3 + 0.7 * share, words),
    )  # fmt: skip
    return told


def stripped(after: AfterLoss) -> Result:
    """The stable plan on a ground where the lost shelters have neither place nor door."""
    result, lost = after.stable, after.lost
    ground = result.ground
    numbers = [0 if gone else n for n, gone in zip(ground.shelters.numbers, lost, strict=True)]
    door = np.where(lost[ground.owner], -1, ground.door).astype(np.int32)
    left = replace(ground, shelters=replace(ground.shelters, numbers=numbers), door=door)
    return replace(result, ground=left)


def _level(before: Result, after: AfterLoss, moves: list[Row]) -> bool:
    """Who is inside after is who was inside before, less those who lost a place, plus those who
    found one: to the person, for the repair and for the stable plan."""
    plans = {"once": after.repaired, "stable": after.stable.plan}
    return all(
        plan.covered - before.plan.covered
        == sum(
            row["people"] * ((row["to"] != OUTSIDE) - (row["from"] != OUTSIDE))
            for row in moves
            if row["stage"] == stage
        )
        for stage, plan in plans.items()
    )


def move_layer(before: Result, moves: Moves) -> Row:
    """A line from the old shelter to the new one, as thick as the people; those who are left with
    none are a point where they live."""
    people, shelters = before.ground.people, before.ground.shelters
    lines: dict[tuple[int, int], int] = {}
    features = []
    for k in range(len(moves.people)):
        source, target = int(moves.source[k]), int(moves.target[k])
        count = int(moves.people[k])
        if source >= 0 and target >= 0:
            lines[source, target] = lines.get((source, target), 0) + count
        elif target < 0:
            row = int(moves.demand[k])
            place = {"type": "Point", "coordinates": list(people.places[row])}
            features.append(
                feature(place, id=k, name=f"{people.id[row]}：{count} 人失去位置", people=count,
                        mark="bad", state="无位", note=people.community[row])
            )  # fmt: skip
    for (source, target), count in lines.items():
        ends = [list(shelters.places[source]), list(shelters.places[target])]
        words = f"{shelters.id[source]} → {shelters.id[target]}：{count} 人"
        line = {"type": "LineString", "coordinates": ends}
        features.append(feature(line, people=count, name=words))
    return collection(features)


def area_of(geometry: Row | None) -> BaseGeometry | None:
    """GeoJSON of a polygon or several; ValueError where it is none."""
    if not geometry:
        return None
    shape = shapely.from_geojson(json.dumps(geometry))
    if shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon", "LineString"):
        raise ValueError(shape.geom_type)
    return shapely.make_valid(shape)
