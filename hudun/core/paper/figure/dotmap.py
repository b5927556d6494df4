"""A plain map: an outline, and marks that differ by shape. No picture from elsewhere."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import cos, radians
from typing import Any

from .svg import SMALL_MM, TEXT_MM, drawing, tag, text

Ring = Sequence[Sequence[float]]
KM_PER_DEGREE = 111.32
NICE_KM = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
MARK_MM, LEGEND_ROW_MM, EDGE_MM = 1.5, 5.4, 3.0
INK, LAND = "#000", "#f2f2f2"


class Shape(StrEnum):
    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    CROSS = "cross"


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of mark is drawn and called in the legend."""

    label: str
    shape: Shape
    filled: bool = True


@dataclass(frozen=True, slots=True)
class Dot:
    lon: float
    lat: float
    kind: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Longitude and latitude onto the paper; north is up, one scale both ways."""

    west: float
    north: float
    mm_per_degree: float
    """Of latitude."""
    squeeze: float
    """cos of the middle latitude."""

    def x(self, lon: float) -> float:
        return EDGE_MM + (lon - self.west) * self.squeeze * self.mm_per_degree

    def y(self, lat: float) -> float:
        return EDGE_MM + (self.north - lat) * self.mm_per_degree

    @property
    def mm_per_km(self) -> float:
        return self.mm_per_degree / KM_PER_DEGREE


def rings_of(geometry: Mapping[str, Any]) -> list[Ring]:
    """The rings of a GeoJSON Polygon or MultiPolygon."""
    parts = geometry["coordinates"]
    polygons = parts if geometry["type"] == "MultiPolygon" else [parts]
    return [ring for polygon in polygons for ring in polygon]


def dot_map(
    boundary: Iterable[Ring],
    dots: Sequence[Dot],
    kinds: Mapping[str, Kind],
    source: str = "",
    width_mm: float = 150.0,
    height_mm: float = 120.0,
) -> bytes:
    """`kinds` gives the order of the legend; `source` is printed below, with its 审图号 if any.

    The drawing is `width_mm` wide and at most about `height_mm` high."""
    rings = list(boundary)
    legend_mm = max(_legend_width(kind) for kind in kinds.values()) if kinds else 0.0
    ground, land_w, land_h = _ground(rings, dots, width_mm - legend_mm, height_mm)
    counts = Counter(dot.kind for dot in dots)
    needed = EDGE_MM + LEGEND_ROW_MM * (len(kinds) + 4)
    foot = max(land_h, needed)
    parts = [
        _land(rings, ground),
        *_marks(dots, kinds, ground),
        _legend(kinds, counts, land_w, ground),
        text(EDGE_MM, foot + SMALL_MM, source, size=SMALL_MM),
    ]
    beside = max(0.0, width_mm - land_w - legend_mm) / 2
    centred = tag("g", *parts, transform=f"translate({beside:.2f} 0)")
    return drawing(width_mm, foot + SMALL_MM + 1.2, [centred])


def _legend_width(kind: Kind) -> float:
    return max(26.0, (len(kind.label) + 6) * TEXT_MM)


def _ground(
    rings: Sequence[Ring], dots: Sequence[Dot], width_mm: float, height_mm: float
) -> tuple[Ground, float, float]:
    """The projection that fills the room, and the room it takes."""
    lons = [point[0] for ring in rings for point in ring] + [dot.lon for dot in dots]
    lats = [point[1] for ring in rings for point in ring] + [dot.lat for dot in dots]
    west, east, south, north = min(lons), max(lons), min(lats), max(lats)
    squeeze = cos(radians((south + north) / 2))
    wide, high = max(1e-4, (east - west) * squeeze), max(1e-4, north - south)
    scale = min((width_mm - 2 * EDGE_MM) / wide, (height_mm - 2 * EDGE_MM) / high)
    ground = Ground(west, north, scale, squeeze)
    return ground, wide * scale + 2 * EDGE_MM, high * scale + 2 * EDGE_MM


def _land(rings: Iterable[Ring], ground: Ground) -> str:
    outline = "".join(
        "M" + "L".join(f"{ground.x(p[0]):.2f} {ground.y(p[1]):.2f}" for p in ring) + "Z"
        for ring in rings
    )
    return tag("path", d=outline, fill=LAND, fill_rule="evenodd", stroke=INK, stroke_width=0.35)


def _marks(dots: Sequence[Dot], kinds: Mapping[str, Kind], ground: Ground) -> list[str]:
    """Rare kinds last: what needs attention lies on top."""
    counts = Counter(dot.kind for dot in dots)
    ordered = sorted(dots, key=lambda dot: -counts[dot.kind])
    return [mark(kinds[dot.kind], ground.x(dot.lon), ground.y(dot.lat)) for dot in ordered]


def mark(kind: Kind, x: float, y: float) -> str:
    r = MARK_MM
    if kind.shape is Shape.CROSS:
        strokes = f"M{x - r:.2f} {y - r:.2f}l{2 * r} {2 * r}m0 {-2 * r}l{-2 * r} {2 * r}"
        halo = tag("path", d=strokes, stroke="#fff", stroke_width=1.3, fill="none")
        return halo + tag("path", d=strokes, stroke=INK, stroke_width=0.7, fill="none")
    fill, edge = (INK, "#fff") if kind.filled else ("#fff", INK)
    look = {"fill": fill, "stroke": edge, "stroke_width": 0.3 if kind.filled else 0.45}
    if kind.shape is Shape.CIRCLE:
        return tag("circle", cx=x, cy=y, r=r, **look)
    return tag("polygon", points=_corners(kind.shape, x, y, r), **look)


def _corners(shape: Shape, x: float, y: float, r: float) -> str:
    steps = {
        Shape.SQUARE: [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        Shape.TRIANGLE: [(0, -1.2), (1.15, 0.9), (-1.15, 0.9)],
        Shape.DIAMOND: [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
    }[shape]
    return " ".join(f"{x + dx * r:.2f},{y + dy * r:.2f}" for dx, dy in steps)


def _legend(kinds: Mapping[str, Kind], counts: Counter[str], left: float, ground: Ground) -> str:
    rows = [_north(left + 2, EDGE_MM)]
    top = EDGE_MM + 2.2 * LEGEND_ROW_MM
    for n, (key, kind) in enumerate(kinds.items()):
        y = top + n * LEGEND_ROW_MM
        said = f"{kind.label}　{counts[key]}"
        rows.append(mark(kind, left + 2, y) + text(left + 5.5, y + TEXT_MM * 0.36, said))
    rows.append(_scale_bar(left, top + len(kinds) * LEGEND_ROW_MM + 1.5, ground))
    return "".join(rows)


def _north(x: float, y: float) -> str:
    low, notch = y + 6, y + 4.6
    arrow = f"{x:.2f},{y:.2f} {x + 1.6:.2f},{low:.2f} {x:.2f},{notch:.2f} {x - 1.6:.2f},{low:.2f}"
    return tag("polygon", points=arrow, fill=INK) + text(x + 3.5, y + 4.6, "北")


def _scale_bar(x: float, y: float, ground: Ground) -> str:
    km = max((nice for nice in NICE_KM if nice * ground.mm_per_km <= 22), default=NICE_KM[0])
    end = x + km * ground.mm_per_km
    strokes = f"M{x:.2f} {y - 1.2:.2f}v1.2H{end:.2f}v-1.2"
    said = f"{km:g} 公里" if km >= 1 else f"{km * 1000:g} 米"
    return tag("path", d=strokes, fill="none", stroke=INK, stroke_width=0.35) + text(
        x, y + 4, said, size=3.0
    )
