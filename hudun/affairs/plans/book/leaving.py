"""Who leaves the district: where they gather, in which wave, and to which area they ride."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hudun.affairs.plans.shelter_plan.leave import (
    DETOUR,
    KM_H,
    WAVES,
    Leaving,
    evacuation,
    gather_rows,
    leave_summary,
    ride_rows,
)
from hudun.affairs.plans.shelter_plan.plan import Result
from hudun.affairs.plans.shelter_plan.points import Points, read_points
from hudun.engines.sheltering.evacuate import Fleet

from .layers import collection, crowd_layer, feature, point
from .make import Progress, save
from .names import LEAVE, LEAVE_LAYER, ON_FOOT_LAYER

Row = dict[str, Any]


def leave_book(
    result: Result, ask: Mapping[str, Any], files: Mapping[str, Path], folder: Path,
    progress: Progress,
) -> Row:  # fmt: skip
    progress(0.2, "分配集结点与疏散地域")
    shares = {wave: float(ask["shares"][wave]) for wave in WAVES if wave in ask["shares"]}
    leave = Leaving(shares, Fleet(int(ask["vehicles"]), int(ask["seats"])))
    points, areas = (read_points(files[kind], shelters=True) for kind in ("assembly", "areas"))
    people = result.ground.people
    given = evacuation(
        result.ground.streets, people, points, areas, leave, float(ask["gather_m"])
    )  # fmt: skip
    progress(0.8, "批次表")
    told: Row = {
        "people": int(people.number.sum()),
        "detour": DETOUR,
        "km_h": KM_H,
        "waves": leave_summary(given),
        "rides": ride_rows(given, leave.fleet),
        "gather": _by_community(gather_rows(people, given)),
        "unused": points.faults + areas.faults,
    }
    told["level"] = _level(told)
    save(folder / LEAVE, told)
    save(folder / LEAVE_LAYER, _layer(points, areas, told["rides"]))
    if given.ground.streets.placed:
        save(folder / ON_FOOT_LAYER, crowd_layer(given.ground.streets, given.on_foot))
    return {"level": told["level"], "waves": told["waves"]}


def _by_community(rows: list[Row]) -> list[Row]:
    found: dict[tuple[str, str, str], list[float]] = {}
    for row in rows:
        cell = found.setdefault((row["wave"], row["community"], row["assembly"]), [0, 0.0])
        cell[0] += row["people"]
        cell[1] = max(cell[1], row["metres"])
    order = {wave: k for k, wave in enumerate(WAVES)}
    return [
        {"wave": wave, "community": community, "assembly": assembly, "people": int(people),
         "worst_m": worst}
        for (wave, community, assembly), (people, worst) in sorted(
            found.items(), key=lambda item: (order[item[0][0]], item[0][1:])
        )
    ]  # fmt: skip


def _level(told: Row) -> bool:
    """Each wave: who leaves gathered, or lacks an assembly point; who gathered rides, or lacks an
    area."""
    for wave in told["waves"]:
        name = wave["wave"]
        gathered = sum(r["people"] for r in told["gather"] if r["wave"] == name and r["assembly"])
        lacking = sum(
            r["people"] for r in told["gather"] if r["wave"] == name and not r["assembly"]
        )
        ridden = sum(r["people"] for r in told["rides"] if r["wave"] == name)
        if not (
            wave["people"] == gathered + lacking
            and lacking == wave["without_assembly"]
            and gathered == ridden + wave["without_area"]
            and ridden == wave["leave"]
        ):
            return False
    return True


def _layer(points: Points, areas: Points, rides: list[Row]) -> Row:
    where = dict(zip(points.id, points.places, strict=True))
    to = dict(zip(areas.id, areas.places, strict=True))
    features = [
        feature(point(*place), id=f"p{k}", name=name, mark="info", state="集结点")
        for k, (name, place) in enumerate(where.items())
    ]
    features += [
        feature(point(*place), id=f"a{k}", name=name, mark="ok", state="疏散地域")
        for k, (name, place) in enumerate(to.items())
    ]
    for ride in rides:
        line = {"type": "LineString",
                "coordinates": [list(where[ride["assembly"]]), list(to[ride["area"]])]}  # fmt: skip
        words = f"{ride['wave']}：{ride['assembly']} → {ride['area']}，{ride['people']} 人"
        features.append(feature(line, people=ride["people"], name=words))
    return collection(features)
