"""The demonstration's plan: made-up streets, the people who stay, the made-up shelters of the
register. It is drafted here and computed by the planner after the start."""

from __future__ import annotations

import csv
import json
from collections import Counter
from io import StringIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import shape

from hudun.affairs.plans import actions
from hudun.affairs.plans.inputs import keep_input
from hudun.affairs.plans.models import Version
from hudun.assets.city.models import Layer
from hudun.core.action import Actor
from hudun.core.organ import Organ
from hudun.core.place.boundary import outlines
from hudun.demo.city import lay

Floats = npt.NDArray[np.float64]

METRE = np.array([1.0 / 98_200.0, 1.0 / 110_900.0])
BLOCK_M, JITTER_M = 170.0, 22.0
MISSING = 0.06
"""Share of the pieces of streets that are left out, so that ways are not all straight."""
STAYING = 0.3
FRAIL = 0.22
HAZARDS = (
    ("样例加油站（虚构）", "易燃", 112.9765, 28.1815),
    ("样例液化气站（虚构）", "易燃", 112.986, 28.1585),
    ("样例冷库（虚构）", "有毒（液氨）", 112.9905, 28.1105),
)  # fmt: skip
TERMS = {"limit_m": 1_500.0, "with_bad": True, "sites": 8, "size": 1_000}


def settle_plan(district: Organ, number: int) -> Version:
    actor = Actor.system(district, "demo").because("演示")
    lay(
        actor, district, "streets", "演示道路（模拟）", "streets.geojson", streets(district, number)
    )
    plan = actions.open_plan(
        actor, district, title="天心区人员掩蔽保障计划（演示）", basis="人民防空法；防空袭预案",
        remark="道路、人口、工程都是模拟或虚构：只作演示。",
    )  # fmt: skip
    for kind, name, body in (
        ("people", "留城人口（模拟，三成）.csv", _people(district)),
        ("hazards", "危险点（虚构）.csv", _hazards()),
    ):
        actions.add_input(actor, plan, kind=kind, kept=keep_input(name, [body]))
    return actions.draft_version(actor, plan, note="演示：按台账和模拟人口编制", **TERMS)


def streets(district: Organ, number: int) -> bytes:
    """A bent grid within the district, some of its pieces missing."""
    pick = np.random.default_rng(number)
    inside = shape(outlines()[str(district.code)]["geometry"])
    west, south, east, north = inside.bounds
    across, up = (np.array([east - west, north - south]) / METRE / BLOCK_M).astype(int) + 1
    grid = np.stack(np.meshgrid(np.arange(across), np.arange(up), indexing="ij"), axis=-1)
    bent = grid * BLOCK_M + pick.normal(0.0, JITTER_M, grid.shape)
    place: Floats = np.array([west, south]) + bent * METRE
    held = shapely.contains_xy(inside, place[..., 0], place[..., 1])
    pieces = [
        *_pieces(place[:-1], place[1:], held[:-1] & held[1:], pick),
        *_pieces(place[:, :-1], place[:, 1:], held[:, :-1] & held[:, 1:], pick),
    ]
    lines = {"type": "MultiLineString", "coordinates": pieces}
    feature = {"type": "Feature", "properties": {"width": 5}, "geometry": lines}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def _pieces(
    a: Floats, b: Floats, good: npt.NDArray[np.bool_], pick: np.random.Generator
) -> list[list[list[float]]]:
    kept = good & (pick.random(good.shape) > MISSING)
    pairs: list[list[list[float]]] = np.stack([a[kept], b[kept]], axis=1).round(6).tolist()
    return pairs


def _people(district: Organ) -> bytes:
    """Of the made-up population those who stay, house by house."""
    layer = Layer.objects.in_use().over(district).of_kind("population").first()
    assert layer is not None
    out, counts = StringIO(), Counter[str]()
    table = csv.writer(out)
    table.writerow(("id", "lon", "lat", "people", "community", "vulnerable_share"))
    with Path(layer.path).open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            community = row["community"]
            counts[community] += 1
            house = f"{community.removesuffix('居委会')}{counts[community]} 栋"
            people = round(int(row["population"]) * STAYING)
            table.writerow((house, row["lon"], row["lat"], people, community, FRAIL))
    return out.getvalue().encode()


def _hazards() -> bytes:
    out = StringIO()
    table = csv.writer(out)
    table.writerow(("name", "kind", "lon", "lat"))
    table.writerows(HAZARDS)
    return out.getvalue().encode()
