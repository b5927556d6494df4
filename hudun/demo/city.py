"""The demonstration's ground: houses and people, made up around the sirens and the communities,
and marked as simulated. The same number gives the same city."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import shape

from hudun.affairs.coverage.actions import ask_survey
from hudun.affairs.coverage.asking import Settings
from hudun.assets.city import actions
from hudun.assets.city.checking import check
from hudun.assets.city.files import store
from hudun.assets.city.models import Layer
from hudun.assets.sirens.models import Siren
from hudun.core.action import Actor
from hudun.core.organ import Organ
from hudun.core.place.boundary import outlines
from hudun.demo.positions import CENTRES
from hudun.engines.geodesy import Datum

Floats = npt.NDArray[np.float64]

METRE = np.array([1.0 / 98_200.0, 1.0 / 110_900.0])
"""Degrees of longitude and latitude, about 28° N."""
BLOCK_M = 55.0
NEAR_M = 200.0
"""There are houses so far round a community and round a siren."""
HOMES = 12
STEP_M = 50.0
"""Coarse: the planner has done with it before anybody looks."""
HEIGHTS_M = (9.0, 18.0, 18.0, 21.0, 33.0, 54.0)
MADE_UP: dict[str, Any] = {
    "source": "演示程序生成（模拟，不是实测）",
    "licence": "随软件",
    "surveyed_on": date(2026, 1, 1),
    "simulated": True,
}


def settle_city(district: Organ, number: int) -> list[Layer]:
    pick = np.random.default_rng(number)
    inside = shape(outlines()[str(district.code)]["geometry"])
    communities = list(_communities(district, inside, pick))
    middles = np.array([at for _, at in communities])
    sirens = list(Siren.objects.under(district).exclude(lon=None).order_by("number"))
    houses = _houses(middles, sirens, inside, pick)
    actor = Actor.system(district, "demo").because("演示")
    layers = [
        lay(actor, district, "buildings", "演示建筑物（模拟）", "houses.geojson", houses),
        lay(actor, district, "population", "演示人口（模拟）", "people.csv",
             _people(communities, pick)),
    ]  # fmt: skip
    ask_survey(actor, district, name="演示：昼间", settings=Settings(step=STEP_M, margin=10.0))
    return layers


def lay(actor: Actor, district: Organ, kind: str, name: str, file_name: str, body: bytes) -> Layer:
    """Read here: at the first start no planner is running yet."""
    file = store([body], file_name, kind)
    layer = actions.upload_layer(
        actor, district, file=file, kind=kind, name=name, ask=False, **MADE_UP
    )
    found = check(layer.path, kind, Datum.CGCS2000).as_json()
    return actions.keep_layer(actor, actions.read_layer_file(actor, layer, found=found))


def _communities(
    district: Organ, inside: shapely.Geometry, pick: np.random.Generator
) -> Iterator[tuple[Organ, Floats]]:
    """Each somewhere about the middle of its 街道, in the district."""
    found = Organ.objects.under(district).filter(kind="community").select_related("parent")
    for organ in found.order_by("code"):
        middle = np.array(CENTRES[str(organ.code)[:9]])
        at = middle + pick.normal(0.0, 550.0, 2) * METRE
        yield organ, at if shapely.contains_xy(inside, *at) else middle


def _houses(
    middles: Floats, sirens: list[Siren], inside: shapely.Geometry, pick: np.random.Generator
) -> bytes:
    """One turned rectangle a block; below a siren a roof that it stands on."""
    places = np.array([(one.lon, one.lat) for one in sirens])
    origin = middles.min(axis=0)
    corners, blocks = [], np.unique(_blocks(np.vstack([middles, places]), origin), axis=0)
    tall = pick.choice(HEIGHTS_M, len(blocks))
    under = {tuple(_block(at, origin)): one for at, one in zip(places, sirens, strict=True)}
    for index, block in enumerate(blocks):
        if (siren := under.get(tuple(block))) is not None:
            tall[index] = min(tall[index], (siren.height_m or 20.0) - 3.0)
        corners.append(_rectangle(block, origin, pick))
    good = shapely.contains_xy(inside, np.array([ring[0] for ring in corners]))
    features = [
        {
            "type": "Feature",
            "properties": {"height": float(height)},
            "geometry": {"type": "Polygon", "coordinates": [ring.round(6).tolist()]},
        }
        for ring, height, holds in zip(corners, tall, good, strict=True)
        if holds
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _block(at: Floats, origin: Floats) -> npt.NDArray[np.int64]:
    found: npt.NDArray[np.int64] = np.floor((at - origin) / METRE / BLOCK_M).astype(np.int64)
    return found


def _blocks(middles: Floats, origin: Floats) -> npt.NDArray[np.int64]:
    """Those with a middle near one of the places."""
    reach = int(NEAR_M // BLOCK_M) + 1
    steps = np.arange(-reach, reach + 1)
    around = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    around = around[np.hypot(*around.T) * BLOCK_M <= NEAR_M]
    found: npt.NDArray[np.int64] = (_block(middles, origin)[:, None] + around).reshape(-1, 2)
    return found


def _rectangle(block: npt.NDArray[np.int64], origin: Floats, pick: np.random.Generator) -> Floats:
    half, turn = pick.uniform((7.0, 6.0), (19.0, 13.0)), pick.uniform(-0.2, 0.2)
    c, s = np.cos(turn), np.sin(turn)
    signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)], float)
    metres = (signs * half) @ np.array([[c, s], [-s, c]]) + (block + 0.5) * BLOCK_M
    placed: Floats = origin + metres * METRE
    return placed


def _people(communities: list[tuple[Organ, Floats]], pick: np.random.Generator) -> bytes:
    """Some homes in each community, each with a few hundred people."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow(("lon", "lat", "population", "street", "community"))
    for organ, middle in communities:
        street = organ.parent.name if organ.parent else ""
        for _ in range(HOMES):
            lon, lat = middle + pick.uniform(-NEAR_M, NEAR_M, 2) * METRE
            row = (f"{lon:.6f}", f"{lat:.6f}", int(pick.integers(120, 620)), street, organ.name)
            table.writerow(row)
    return out.getvalue().encode()
