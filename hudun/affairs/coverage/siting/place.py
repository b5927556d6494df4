"""The ground of a search in metres: buildings, terrain, people, and the sirens that stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from pyproj import CRS

from hudun.affairs.coverage.crowd import Mask, crowd_of, rasterised
from hudun.affairs.coverage.given import Asked, SirenTable, Source
from hudun.affairs.coverage.inputs import bounds, quiet, raised, soils
from hudun.engines.acoustics import FLAT, Scene, Siren
from hudun.engines.acoustics.audible import Rule
from hudun.engines.acoustics.bands import Floats
from hudun.engines.acoustics.raster import Grid, Levels
from hudun.engines.geodesy import Datum
from hudun.geodata.buildings import Buildings, declared, read_buildings, read_layer, reproject
from hudun.geodata.population import Population, over_buildings, read_population
from hudun.geodata.projection import GeodataError, Plane, plane_at
from hudun.geodata.terrain import read_dem

from .brief import Brief

MARGIN_M = 50.0
ROOF_M, OPEN_M = 3.0, 15.0
"""Taken where the height of a standing siren is not known: above the roof, or above the ground."""
MOST_CELLS = 4_000_000


class File(NamedTuple):
    path: Path
    datum: Datum = Datum.CGCS2000


class Row(NamedTuple):
    """A siren that stands or is agreed, as the register has it; None: not known."""

    name: str
    lon: float
    lat: float
    height: float | None
    level: float | None


@dataclass(frozen=True)
class Files:
    buildings: File | None = None
    terrain: File | None = None
    population: File | None = None
    built_up: File | None = None
    ambient: File | None = None
    ground: File | None = None


@dataclass(frozen=True)
class Place:
    """people: over everything; area: the built-up area; asked: the layers of zones and soils;
    lines: what was read."""

    plane: Plane
    buildings: Buildings | None
    scene: Scene
    people: Population | None
    area: shapely.Geometry
    names: list[str]
    sirens: list[Siren]
    asked: Asked
    lines: list[str]


@dataclass(frozen=True)
class Field:
    """Receivers on one grid: ground: outdoor cells of the built-up area; people per cell; outside:
    people who live beyond the grid; rule: what is heard, its ambient level by cell where there are
    zones; said: of these."""

    grid: Grid
    indoors: Mask
    ground: Mask
    people: Floats
    outside: float
    rule: Rule
    said: list[str]

    @property
    def needed(self) -> Levels:
        """dB(A) at which a siren is heard, in each cell."""
        return self.rule.threshold((self.grid.rows, self.grid.columns))

    def weight(self, measure: str) -> Floats:
        """Of each cell: people, or m²."""
        if measure == "people":
            return self.people
        found: Floats = self.ground.astype(float) * self.grid.step**2
        return found


def gather(files: Files, standing: list[Row], brief: Brief) -> Place:
    buildings, plane = houses(files, standing, brief)
    area, said_area = built_up(files, plane, buildings, standing, brief)
    box = extent(area, buildings, brief.fine)
    terrain, said_hills = FLAT, ["没有地形：按平地计"]
    if files.terrain is not None:
        relief = read_dem(files.terrain.path, plane, bounds(box))
        terrain, said_hills = relief.terrain, list(relief.lines)
    asked = layers(files, brief)
    factors, said_soils = soils(asked, plane)
    people = crowd(files, plane, buildings, brief)
    sirens, said_sirens = stand(standing, plane, buildings, brief.level)
    lines = [
        *said_sirens,
        *(buildings.report.lines() if buildings else ["没有建筑物：按空旷地计"]),
        *said_hills,
        *said_soils,
        people.line if people else "没有人口数据：只报面积",
        said_area,
    ]
    scene = raised(buildings, terrain, brief.ground, factors)
    names = [row.name for row in standing]
    return Place(plane, buildings, scene, people, area, names, sirens, asked, lines)


def layers(files: Files, brief: Brief) -> Asked:
    """What of the ground is read as for a coverage run."""

    def source(file: File | None) -> Source | None:
        return None if file is None else Source(*file)

    nobody = SirenTable([], np.zeros((0, 2)), [], [], "")
    return Asked(
        nobody,
        ambient_zones=source(files.ambient),
        ground_areas=source(files.ground),
        ground=brief.ground,
        ambient=brief.ambient,
        night=brief.night,
    )


def houses(files: Files, standing: list[Row], brief: Brief) -> tuple[Buildings | None, Plane]:
    if files.buildings is not None:
        path, datum = files.buildings
        found = read_buildings(path, None, brief.missing, datum)
        return found, found.plane
    points = [(row.lon, row.lat) for row in standing] or [row[1:3] for row in brief.rows]
    if not points and files.built_up is not None:
        meta, shapes, _ = read_layer(files.built_up.path)
        flat = reproject(shapes, declared(meta, shapes, files.built_up.path), CRS.from_epsg(4490))
        west, south, east, north = shapely.total_bounds(flat)
        points = [((west + east) / 2, (south + north) / 2)]
    if not points:
        raise GeodataError("没有建筑物、建成区，也没有警报器：不知道在哪里选址")
    return None, plane_at(*np.asarray(points, float).mean(axis=0))


def built_up(
    files: Files, plane: Plane, buildings: Buildings | None, standing: list[Row], brief: Brief
) -> tuple[shapely.Geometry, str]:
    if files.built_up is not None:
        path, datum = files.built_up
        meta, shapes, _ = read_layer(path)
        flat = reproject(shapes, declared(meta, shapes, path), CRS.from_epsg(4490))
        area = shapely.union_all(shapely.transform(flat, lambda p: plane.metres(p, datum)))
        return area, f"建成区：{path.name}，{area.area / 1e6:.2f} km²"
    if buildings is not None:
        hull = shapely.union_all(buildings.polygons).convex_hull
        return hull, f"建成区：没有给，取建筑物的凸包 {hull.area / 1e6:.2f} km²"
    lonlat = [(row.lon, row.lat) for row in standing] or [row[1:3] for row in brief.rows]
    near = shapely.MultiPoint(plane.metres(np.asarray(lonlat, float))).buffer(brief.reach)
    return near, f"建成区：没有给，取各点 {brief.reach:,.0f} m 以内 {near.area / 1e6:.2f} km²"


def extent(area: shapely.Geometry, buildings: Buildings | None, step: float) -> Grid:
    """All of the built-up area and of the buildings, with a margin."""
    boxes = [shapely.box(*shapely.bounds(area))]
    if buildings is not None:
        boxes.append(shapely.box(*shapely.total_bounds(buildings.polygons)))
    west, south, east, north = shapely.union_all(boxes).buffer(MARGIN_M).bounds
    columns, rows = int(np.ceil((east - west) / step)), int(np.ceil((north - south) / step))
    if columns * rows > MOST_CELLS:
        wide = f"{(east - west) / 1000:.0f} × {(north - south) / 1000:.0f} km"
        raise GeodataError(
            f"范围 {wide}，间距 {step:g} m：接收点 {columns * rows:,} 个，太多。加大间距"
        )
    return Grid(float(west), float(south), step, columns, rows)


def crowd(
    files: Files, plane: Plane, buildings: Buildings | None, brief: Brief
) -> Population | None:
    if files.population is not None:
        return read_population(files.population.path, plane, files.population.datum)
    if brief.people is not None and buildings is not None:
        return over_buildings(buildings, brief.people)
    return None


def stand(
    rows: list[Row], plane: Plane, buildings: Buildings | None, level: float
) -> tuple[list[Siren], list[str]]:
    """The standing sirens; what is not known of one is assumed, and how many is said."""
    if not rows:
        return [], ["现有警报器 0 台"]
    at = plane.metres(np.array([(row.lon, row.lat) for row in rows]))
    roofs = roofs_at(at, buildings)
    heights = [height_of(row, float(roof)) for row, roof in zip(rows, roofs, strict=True)]
    sirens = [
        Siren(float(x), float(y), height, level if row.level is None else row.level)
        for (x, y), height, row in zip(at, heights, rows, strict=True)
    ]
    said = [f"现有警报器 {len(rows)} 台，位置不动"]
    quiet = [row.name for row in rows if row.level is None]
    if quiet:
        said.append(f"  台账没有声压级 {len(quiet)} 台，按 {level:g} dB(A)：{some(quiet)}")
    low = [r.name for r, h in zip(rows, heights, strict=True) if r.height is None]
    if low:
        said.append(f"  台账没有高度 {len(low)} 台，按屋面上 3 m、空地 15 m：{some(low)}")
    inside = [r.name for r, h in zip(rows, heights, strict=True) if r.height not in (None, h)]
    if inside:
        said.append(f"  高度低于所在屋面 {len(inside)} 台，按屋面上 3 m：{some(inside)}")
    return sirens, said


def height_of(row: Row, roof: float) -> float:
    if row.height is None:
        return roof + ROOF_M if roof else OPEN_M
    return row.height if row.height > roof and row.height > 0.0 else roof + ROOF_M


def roofs_at(points: Floats, buildings: Buildings | None) -> Floats:
    """Height of the highest roof over each point; 0 in the open."""
    found = np.zeros(len(points))
    if buildings is None or not len(points):
        return found
    tree = shapely.STRtree(buildings.polygons)
    which, house = tree.query(shapely.points(points), predicate="within")
    np.maximum.at(found, which, buildings.heights[house])
    return found


def some(names: list[str], most: int = 5) -> str:
    return "、".join(names[:most]) + (" 等" if len(names) > most else "")


def spread(place: Place, brief: Brief, step: float) -> Field:
    grid = extent(place.area, place.buildings, step)
    indoors = rasterised(grid, place.buildings.polygons if place.buildings else [])
    group = crowd_of(place.people, grid, indoors, place.buildings)
    ground = rasterised(grid, [place.area]) & ~indoors
    ambient, said = quiet(place.asked, place.plane, grid)
    rule = Rule(brief.floor, brief.margin, brief.ambient if ambient is None else ambient)
    return Field(grid, indoors, ground, group.table(grid), group.outside, rule, said)
