"""The plan as a picture that can be read in black and white: streets grey and as thick as the
people on them, shelters black squares, people without a place hollow circles."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from hudun.engines.sheltering.network import Floats

from .plan import Result

SIDE, OVER = 1400, 2
PAPER, STREET, FLOW, INK = (255, 255, 255), (190, 190, 190), (70, 105, 150), (0, 0, 0)


def draw(result: Result, path: Path) -> None:
    streets = result.ground.streets
    place, height = _scaled(streets.lon, streets.lat)
    image = Image.new("RGB", (SIDE * OVER, height), PAPER)
    pen = ImageDraw.Draw(image)
    flow = np.zeros(len(streets.a))
    length = np.diff(result.groups.first)
    np.add.at(flow, result.groups.link, np.repeat(result.groups.people, length))
    ends = np.concatenate([place[streets.a], place[streets.b]], axis=1)
    for edge in np.argsort(flow, kind="stable"):
        colour, width = (FLOW, 2 + int((flow[edge] / 150) ** 0.5)) if flow[edge] else (STREET, 1)
        pen.line(ends[edge].tolist(), fill=colour, width=width)
    _marks(result, place, pen)
    image.resize((SIDE, height // OVER), Image.Resampling.LANCZOS).save(path, optimize=True)


def _marks(result: Result, place: Floats, pen: ImageDraw.ImageDraw) -> None:
    for node in result.ground.door[result.ground.door >= 0]:
        x, y = place[node]
        pen.rectangle((x - 6, y - 6, x + 6, y + 6), fill=INK)
    left = result.plan.left
    for i in np.flatnonzero((left > 0) & (result.ground.home >= 0)):
        (x, y), r = place[result.ground.home[i]], 5 + float(left[i]) ** 0.5 / 2
        pen.ellipse((x - r, y - r, x + r, y + r), outline=(190, 30, 30), width=4)


def _scaled(lon: Floats, lat: Floats) -> tuple[Floats, int]:
    """Pixels, north up, and the height of the picture."""
    x, y = lon * np.cos(np.radians(lat.mean())), lat
    scale = SIDE * OVER / (x.max() - x.min())
    height = max(OVER, int((y.max() - y.min()) * scale))
    return np.stack([(x - x.min()) * scale, (y.max() - y) * scale], axis=1), height
