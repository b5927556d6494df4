"""What the map pages draw: shelters, gaps, who goes where, people on the streets, minutes to the
nearest shelter, and the walk minute by minute. Lines are merged and rounded to a metre."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from hudun.affairs.plans.shelter_plan.look import minutes_to_nearest, street_flow
from hudun.affairs.plans.shelter_plan.plan import Result
from hudun.geodata.streets import Streets

from .arcs import Arc, communities_of
from .balance import REASON_WORDS
from .frames import walk_frames

Row = dict[str, Any]
FLOW_STEPS = (1, 50, 200, 500, 1_000, 2_000, 5_000, 10_000)
MINUTE_STEPS = (3, 5, 8, 12, 15)
MOST_LINES = 20_000
DIGITS = 5


def write_layers(
    result: Result, pairs: list[Arc], shelters: list[Row], gaps: list[Row], folder: Path
) -> None:
    if not result.ground.streets.placed:
        return
    for name, layer in (
        ("shelters", shelter_layer(shelters)),
        ("gaps", gap_layer(gaps)),
        ("pairs", pair_layer(result, pairs)),
        ("flow", flow_layer(result)),
        ("minutes", minute_layer(result)),
    ):
        _save(folder / f"{name}.geojson", layer)
    _save(folder / "frames.json", walk_frames(result))


def _save(path: Path, said: Any) -> None:
    path.write_text(json.dumps(said, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def collection(features: list[Row]) -> Row:
    return {"type": "FeatureCollection", "features": features}


def feature(geometry: Row, **properties: Any) -> Row:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def point(lon: float, lat: float) -> Row:
    return {"type": "Point", "coordinates": [lon, lat]}


def shelter_layer(shelters: list[Row]) -> Row:
    return collection(
        [
            feature(
                point(one["lon"], one["lat"]), id=k, name=one["title"] or one["name"],
                number=one["name"], people=one["people"], places=one["places"],
                mark=_mark(one), state=f"{one['people']} / {one['places']}",
                note=f"警报后 {one['inside_min']} 分全部进入" if one["people"] else "没有人来",
            )
            for k, one in enumerate(shelters)
        ]
    )  # fmt: skip


def _mark(shelter: Row) -> str:
    """Lost ones have no places left."""
    if not shelter["places"]:
        return "bad"
    return "warn" if shelter["people"] >= shelter["places"] else "ok"


def gap_layer(gaps: list[Row]) -> Row:
    return collection(
        [
            feature(
                point(one["lon"], one["lat"]), id=k,
                name=f"{one['demand']}：{one['people']} 人无位",
                people=one["people"], mark="bad", state=REASON_WORDS[one["reason"]],
                note=one["community"],
            )
            for k, one in enumerate(gaps)
        ]
    )  # fmt: skip


def pair_layer(result: Result, pairs: list[Arc]) -> Row:
    """A straight line from each house to its shelter; from communities where there are too many."""
    shelters = result.ground.shelters.places
    home = _homes(result)
    if len(pairs) <= MOST_LINES:
        lines = [
            (home[arc.row], shelters[arc.shelter], arc.people, arc.metres) for arc in pairs
        ]  # fmt: skip
    else:
        lines = _by_community(result, pairs, home)
    return collection(
        [
            feature(
                {"type": "LineString", "coordinates": [_round(start), _round(end)]},
                people=people, metres=round(metres),
            )
            for start, end, people, metres in lines
        ]
    )  # fmt: skip


def _by_community(result: Result, pairs: list[Arc], home: Any) -> list[tuple[Any, Any, int, float]]:
    names, shelters = communities_of(result), result.ground.shelters.places
    sums: dict[tuple[str, int], Any] = {}
    for arc in pairs:
        here = np.array([*(home[arc.row] * arc.people), arc.people, arc.people * arc.metres])
        key = names[arc.row], arc.shelter
        sums[key] = sums.get(key, 0) + here
    return [
        (total[:2] / total[2], shelters[j], int(total[2]), float(total[3] / total[2]))
        for (_, j), total in sums.items()
    ]


def _homes(result: Result) -> Any:
    lonlat, home = result.ground.people.lonlat, result.ground.home
    streets = result.ground.streets
    lost = np.isnan(lonlat).any(axis=1) & (home >= 0)
    lonlat[lost] = np.stack([streets.lon, streets.lat], axis=1)[home[lost]]
    return lonlat


def _round(place: Any) -> list[float]:
    return [round(float(place[0]), DIGITS), round(float(place[1]), DIGITS)]


def flow_layer(result: Result) -> Row:
    return crowd_layer(result.ground.streets, street_flow(result))


def crowd_layer(streets: Streets, flow: Any) -> Row:
    """Streets by how many walk them: `low` is the least of its step."""
    step = np.searchsorted(FLOW_STEPS, flow, side="right") - 1
    return collection(
        [
            feature(_merged(streets, step == k), step=k, low=low)
            for k, low in enumerate(FLOW_STEPS)
            if (step == k).any()
        ]
    )


def minute_layer(result: Result) -> Row:
    """Streets by minutes to the nearest shelter, of the farther end; the last step is beyond."""
    streets, minutes = result.ground.streets, minutes_to_nearest(result)
    farther = np.maximum(minutes[streets.a], minutes[streets.b])
    step = np.searchsorted(MINUTE_STEPS, farther)
    return collection(
        [
            feature(_merged(streets, step == k), step=k)
            for k in range(len(MINUTE_STEPS) + 1)
            if (step == k).any()
        ]
    )


def _merged(streets: Streets, which: Any) -> Row:
    ends = np.stack([streets.lon, streets.lat], axis=1)
    pieces = np.stack([ends[streets.a[which]], ends[streets.b[which]]], axis=1)
    lines: Any = shapely.linestrings(pieces)
    joined = shapely.line_merge(shapely.multilinestrings(lines))
    straight = shapely.simplify(joined, 1e-5, preserve_topology=False)
    simple = shapely.set_precision(straight, 10**-DIGITS, mode="pointwise")
    said: Row = json.loads(str(shapely.to_geojson(simple)))
    lines = said["coordinates"] if said["type"] == "MultiLineString" else [said["coordinates"]]
    return {
        "type": "MultiLineString",
        "coordinates": [[_round(place) for place in line] for line in lines],
    }
