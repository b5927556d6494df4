"""Small files to try layers on."""

import json
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from hudun.core.action import Actor
from hudun.core.organ import Organ
from hudun.engines.geodesy import Datum

from . import actions
from .files import store
from .models import Layer

LON, LAT = 112.98, 28.18
METRE = 1.0 / 98_000.0


def ring(x: float, y: float, half: float = 10.0) -> list[list[float]]:
    """A square about a place so many metres east and north of the middle."""
    corners = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
    return [[LON + (x + u) * METRE, LAT + (y + v) * METRE] for u, v in corners]


def feature(coordinates: list[list[float]], **properties: object) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": [coordinates]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def town(*more: dict[str, Any]) -> bytes:
    """Six plain houses of 9 m, and more."""
    plain = [feature(ring(x, y), height=9) for x in (0, 80, 160) for y in (0, 80)]
    return collection(*plain, *more)


def packed(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


def shapefile(folder: Path) -> bytes:
    """The same six houses, as an office would zip them."""
    import pyogrio

    source = folder / "town.geojson"
    source.write_bytes(town())
    meta, _, geometry, fields = pyogrio.raw.read(source)
    pyogrio.raw.write(
        folder / "楼.shp", geometry, fields, meta["fields"], crs="EPSG:4490",
        geometry_type="Polygon", driver="ESRI Shapefile",
    )  # fmt: skip
    return packed({one.name: one.read_bytes() for one in sorted(folder.glob("楼.*"))})


def keep(actor: Actor, organ: Organ, body: bytes, kind: str, name: str, **more: Any) -> Layer:
    """A layer in use, read here and now."""
    from .checking import check

    known = {"name": name, "source": "测绘院", "surveyed_on": date(2026, 1, 1), **more}
    file = store([body], name, kind)
    layer = actions.upload_layer(actor, organ, file=file, kind=kind, ask=False, **known)
    found = check(layer.path, kind, Datum(layer.datum)).as_json()
    system = Actor.system(organ, "test")
    return actions.keep_layer(actor, actions.read_layer_file(system, layer, found=found))
