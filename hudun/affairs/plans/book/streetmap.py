"""The map of a community's sheet: streets grey, ways black and as thick as the people on them,
houses numbered circles, shelters black squares with their letter, hazards triangles. Drawn to be
read in black and white, on paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, radians
from typing import Any

import numpy as np

from hudun.core.paper.figure.svg import drawing, tag, text
from hudun.geodata.streets import Streets

Row = dict[str, Any]
WIDE, HIGH = 178.0, 112.0
EDGE_MM = 4.0
MARGIN_M, LEAST_M = 60.0, 250.0
INK, STREET, LAND = "#000", "#bdbdbd", "#fff"
M_PER_DEGREE = 111_320.0
SQUARE, MOST_ON_A_SPOT = 5.0, 8
SCALES_M = (50, 100, 200, 500, 1_000, 2_000)


@dataclass(frozen=True, slots=True)
class Window:
    west: float
    south: float
    east: float
    north: float

    @property
    def squeeze(self) -> float:
        return cos(radians((self.south + self.north) / 2))

    @property
    def mm_per_degree(self) -> float:
        wide = (self.east - self.west) * self.squeeze
        high = self.north - self.south
        return min((WIDE - 2 * EDGE_MM) / wide, (HIGH - 2 * EDGE_MM) / high)

    def x(self, lon: Any) -> Any:
        middle = (self.west + self.east) / 2
        return WIDE / 2 + (lon - middle) * self.squeeze * self.mm_per_degree

    def y(self, lat: Any) -> Any:
        return HIGH / 2 + ((self.south + self.north) / 2 - lat) * self.mm_per_degree


@dataclass
class Taken:
    """Where words already stand."""

    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    def free(self, x: float, y: float, wide: float, high: float) -> bool:
        box = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        inside = box[0] > 0 and box[2] < WIDE and box[1] > 0 and box[3] < HIGH
        apart = all(
            box[2] < o[0] or o[2] < box[0] or box[3] < o[1] or o[3] < box[1] for o in self.boxes
        )
        if inside and apart:
            self.boxes.append(box)
        return inside and apart


def street_map(streets: Streets, sheet: Row) -> bytes:
    """Empty where nothing of the sheet has a place."""
    window = _window(sheet)
    if window is None:
        return b""
    taken = Taken()
    marks = [_square(window, one, taken) for one in sheet["shelters"] if one["lon"] is not None]
    houses = [_house(window, k, row, taken) for k, row in enumerate(sheet["rows"], 1)]
    parts = [
        tag("rect", x=0.2, y=0.2, width=WIDE - 0.4, height=HIGH - 0.4, fill=LAND,
            stroke=INK, stroke_width=0.4),
        _streets(window, streets),
        *(_way(window, way) for way in sheet["ways"]),
        *(_hazard(window, one, taken) for one in sheet["hazards"]),
        *houses, *marks, _scale(window), _north(),
    ]  # fmt: skip
    return drawing(WIDE, HIGH, parts)


def _window(sheet: Row) -> Window | None:
    points = [point for way in sheet["ways"] for point in way["line"]]
    both = (*sheet["rows"], *sheet["shelters"])
    points += [(one["lon"], one["lat"]) for one in both if one["lon"] is not None]
    if not points:
        return None
    lon, lat = np.array(points).T
    squeeze = cos(radians(float(lat.mean())))
    half_x = max(float(np.ptp(lon)) / 2, LEAST_M / M_PER_DEGREE / squeeze)
    half_y = max(float(np.ptp(lat)) / 2, LEAST_M * HIGH / WIDE / M_PER_DEGREE)
    half_x += MARGIN_M / M_PER_DEGREE / squeeze
    half_y += MARGIN_M / M_PER_DEGREE
    x, y = (float(axis.min() + axis.max()) / 2 for axis in (lon, lat))
    return Window(x - half_x, y - half_y, x + half_x, y + half_y)


def _streets(window: Window, streets: Streets) -> str:
    x, y = window.x(streets.lon), window.y(streets.lat)
    inside = (x > 0.5) & (x < WIDE - 0.5) & (y > 0.5) & (y < HIGH - 0.5)
    edges = np.flatnonzero(inside[streets.a] & inside[streets.b])
    a, b = streets.a[edges], streets.b[edges]
    path = "".join(
        f"M{p:.1f} {q:.1f}L{r:.1f} {s:.1f}"
        for p, q, r, s in np.stack([x[a], y[a], x[b], y[b]], axis=1).tolist()
    )
    return tag("path", d=path, fill="none", stroke=STREET, stroke_width=0.3)


def _way(window: Window, way: Row) -> str:
    line = np.array(way["line"], np.float64).reshape(-1, 2)
    if len(line) < 2:
        return ""
    points = " ".join(
        f"{x:.1f},{y:.1f}"
        for x, y in zip(window.x(line[:, 0]).tolist(), window.y(line[:, 1]).tolist(), strict=True)
    )
    width = 0.5 + min(1.2, float(way["people"]) ** 0.5 / 25)
    return tag(
        "polyline", points=points, fill="none", stroke=INK, stroke_width=width,
        stroke_linejoin="round", stroke_linecap="round",
    )  # fmt: skip


def _square(window: Window, shelter: Row, taken: Taken) -> str:
    """Beside another one where two stand on one spot."""
    x, y = float(window.x(shelter["lon"])), float(window.y(shelter["lat"]))
    for _ in range(MOST_ON_A_SPOT):
        if taken.free(x, y, SQUARE - 0.1, SQUARE - 0.1):
            break
        x += SQUARE
    box = tag("rect", x=x - 2.4, y=y - 2.4, width=4.8, height=4.8, fill=INK, stroke="#fff",
              stroke_width=0.4)  # fmt: skip
    size = 3.4 if len(shelter["mark"]) == 1 else 2.6
    letter = tag("g", text(x, y + 1.2, shelter["mark"], "middle", size, 700), fill="#fff")
    return box + letter


def _house(window: Window, number: int, row: Row, taken: Taken) -> str:
    """Its number in the table; the minutes beside it where there is room."""
    if row["lon"] is None:
        return ""
    x, y = float(window.x(row["lon"])), float(window.y(row["lat"]))
    if not taken.free(x, y, 4.4, 4.4):
        return tag("circle", cx=x, cy=y, r=0.7, fill="#fff", stroke=INK, stroke_width=0.35)
    dashed = {"stroke_dasharray": "0.8 0.6"} if row["left"] else {}
    circle = tag("circle", cx=x, cy=y, r=2.1, fill="#fff", stroke=INK, stroke_width=0.4, **dashed)
    size = 2.6 if number < 100 else 2.0
    said = circle + text(x, y + 0.9, str(number), "middle", size)
    longest = max((to["adult_min"] for to in row["to"]), default=0)
    if longest and taken.free(x, y + 3.7, 8.0, 2.8):
        return said + _haloed(x, y + 4.7, f"{longest} 分")
    return said


def _haloed(x: float, y: float, words: str) -> str:
    halo = tag("g", text(x, y, words, "middle", 2.6), stroke="#fff", stroke_width=0.8)
    return halo + text(x, y, words, "middle", 2.6)


def _hazard(window: Window, one: Row, taken: Taken) -> str:
    x, y = float(window.x(one["lon"])), float(window.y(one["lat"]))
    if not (2 < x < WIDE - 2 and 2 < y < HIGH - 2):
        return ""
    taken.boxes.append((x - 2, y - 2, x + 2, y + 2))
    corners = f"{x:.1f},{y - 2:.1f} {x + 2:.1f},{y + 1.6:.1f} {x - 2:.1f},{y + 1.6:.1f}"
    sign = tag("polygon", points=corners, fill="#fff", stroke=INK, stroke_width=0.5)
    return sign + text(x, y + 1.2, "!", "middle", 3.0, 700)


def _scale(window: Window) -> str:
    per_m = window.mm_per_degree / M_PER_DEGREE
    metres = max((m for m in SCALES_M if m * per_m <= 40), default=SCALES_M[0])
    x, y = EDGE_MM, HIGH - EDGE_MM
    strokes = f"M{x:.1f} {y - 1.4:.1f}v1.4h{metres * per_m:.1f}v-1.4"
    back = tag("rect", x=x - 1.5, y=y - 6, width=metres * per_m + 3, height=7.5, fill="#fff")
    line = tag("path", d=strokes, fill="none", stroke=INK, stroke_width=0.4)
    return back + line + text(x, y - 2.2, f"{metres} 米", size=2.6)


def _north() -> str:
    x, y = WIDE - 7.0, 4.0
    arrow = f"{x},{y} {x + 1.8},{y + 7} {x},{y + 5.4} {x - 1.8},{y + 7}"
    back = tag("rect", x=x - 4, y=1.5, width=8, height=14, fill="#fff")
    return back + tag("polygon", points=arrow, fill=INK) + text(x, y + 10.4, "北", "middle", 3.0)
