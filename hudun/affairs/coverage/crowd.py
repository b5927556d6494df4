"""People on the grid, with the 街道 and 社区 they live in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely
from rasterio.features import rasterize
from rasterio.transform import from_origin
from scipy.ndimage import distance_transform_edt

from hudun.engines.acoustics.bands import Floats
from hudun.engines.acoustics.raster import Grid
from hudun.geodata.buildings import Buildings
from hudun.geodata.population import Label, Population, floor_space

Mask = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]
BY_BOUNDARY = "按人口图层的边界"
BY_COLUMN = "按人口图层的街道、社区列"


@dataclass(frozen=True)
class Crowd:
    """Group k: people[k] who hear what cells[k] (flat index) hears, of places[place[k]].
    zones (rows, columns): which place a cell lies in, −1 none; None where there are no outlines."""

    cells: Integers
    people: Floats
    place: Integers
    places: list[Label] = field(default_factory=list)
    outside: float = 0.0
    zones: Integers | None = None

    @property
    def basis(self) -> str:
        if not any(any(label) for label in self.places):
            return ""
        return BY_COLUMN if self.zones is None else BY_BOUNDARY

    def table(self, grid: Grid) -> Floats:
        """People per cell (rows, columns)."""
        counted: Floats = np.bincount(self.cells, self.people, grid.size).astype(np.float64)
        return counted.reshape(grid.rows, grid.columns)


NOBODY = Crowd(np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64))


def crowd_of(
    people: Population | None, grid: Grid, indoors: Mask, buildings: Buildings | None
) -> Crowd:
    """Those indoors hear what the nearest outdoor cell hears."""
    if people is None:
        return NOBODY
    places = sorted(set(people.labels)) or [("", "")]
    number = {label: index for index, label in enumerate(places)}
    place = np.array([number[label] for label in people.labels or places * len(people.people)])
    if not people.areas:
        return settled(people.points, people.people, place, places, grid, indoors)
    owner = drawn(grid, people.areas)
    points, share, area = spread(people, owner, grid, buildings)
    zones = np.where(owner >= 0, place[owner], -1)
    return settled(points, share, place[area], places, grid, indoors, zones)


def settled(
    points: Floats, people: Floats, place: Integers, places: list[Label], grid: Grid,
    indoors: Mask, zones: Integers | None = None,
) -> Crowd:  # fmt: skip
    cells = grid.cells(points)
    held = grid.holds(cells)
    rows, columns = cells[held].T
    if indoors.any() and not indoors.all():
        nearest = distance_transform_edt(indoors, return_distances=False, return_indices=True)
        rows, columns = nearest[:, rows, columns]
    flat = (rows * grid.columns + columns).astype(np.int64)
    outside = float(people[~held].sum())
    return Crowd(flat, people[held], place[held], places, outside, zones)


def spread(
    people: Population, owner: Integers, grid: Grid, buildings: Buildings | None
) -> tuple[Floats, Floats, Integers]:
    """People of an area over its buildings by floor area; where it has none, evenly; an area too
    small for a cell, at a point in it. (points, people, which area)."""
    count = len(people.people)
    groups = [*over_floors(owner, grid, buildings), *over_cells(owner, grid)]
    points, weight, area, done = [], [], [], np.zeros(count, bool)
    for at, share, which in groups:
        fresh = ~done[which]
        total = np.bincount(which, share, count)
        points.append(at[fresh])
        weight.append((people.people[which] * share / total[which])[fresh])
        area.append(which[fresh])
        done |= total > 0.0
    left = np.flatnonzero(~done)
    points.append(people.points[left])
    weight.append(people.people[left])
    area.append(left)
    return np.concatenate(points), np.concatenate(weight), np.concatenate(area)


Group = tuple[Floats, Floats, Integers]


def over_floors(owner: Integers, grid: Grid, buildings: Buildings | None) -> list[Group]:
    if buildings is None or not buildings.polygons:
        return []
    points, share = floor_space(buildings)
    cells = grid.cells(points)
    inside = grid.holds(cells)
    which = np.full(len(points), -1, np.int64)
    which[inside] = owner[tuple(cells[inside].T)]
    good = which >= 0
    return [(points[good], share[good], which[good])]


def over_cells(owner: Integers, grid: Grid) -> list[Group]:
    rows, columns = np.nonzero(owner >= 0)
    x = grid.west + (columns + 0.5) * grid.step
    y = grid.south + (rows + 0.5) * grid.step
    return [(np.column_stack([x, y]), np.ones(len(x)), owner[rows, columns])]


def rasterised(grid: Grid, shapes: Sequence[shapely.Geometry]) -> Mask:
    """Cells whose middle lies in a shape."""
    return drawn(grid, shapes) >= 0


def drawn(grid: Grid, shapes: Sequence[shapely.Geometry]) -> Integers:
    """Which shape the middle of a cell lies in (the last of several), −1 none."""
    if not len(shapes):
        return np.full((grid.rows, grid.columns), -1, np.int64)
    north = grid.south + grid.rows * grid.step
    found = rasterize(
        [(one, index + 1) for index, one in enumerate(shapes)],
        out_shape=(grid.rows, grid.columns),
        transform=from_origin(grid.west, north, grid.step, grid.step),
        dtype=np.int32,
    )
    return np.ascontiguousarray(found[::-1]).astype(np.int64) - 1
