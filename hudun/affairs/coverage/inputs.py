"""What a coverage run is given, read and checked: sirens, buildings, terrain, people, built-up
area."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS
from rasterio.features import rasterize
from rasterio.transform import from_origin

from hudun.engines.acoustics import FLAT, Scene, Siren, Terrain, scene
from hudun.engines.acoustics.bands import Floats
from hudun.engines.acoustics.raster import Grid
from hudun.engines.acoustics.relief import ground_height
from hudun.engines.geodesy import Datum
from hudun.geodata.buildings import Buildings, declared, read_buildings, read_layer, reproject
from hudun.geodata.population import Population, over_buildings, read_population
from hudun.geodata.projection import GeodataError, Plane, plane_at
from hudun.geodata.terrain import read_dem

Mask = npt.NDArray[np.bool_]
COLUMNS = {
    "name": ("name", "名称", "编号"),
    "lon": ("lon", "lng", "经度"),
    "lat": ("lat", "纬度"),
    "height": ("height", "高度"),
    "level": ("level", "db30", "声压级"),
}
LOUDEST_DB, QUIETEST_DB = 140.0, 80.0


@dataclass(frozen=True)
class Asked:
    """Paths and settings of one run."""

    sirens: Path
    buildings: Path | None
    dem: Path | None
    population: Path | None
    people: float | None
    built_up: Path | None
    datum: Datum
    step: float
    reach: float
    ground: float
    missing: float


@dataclass(frozen=True)
class Town:
    """Everything in metres, ready to reckon; lines: all that was read and assumed."""

    plane: Plane
    names: list[str]
    sirens: list[Siren]
    scene: Scene
    grid: Grid
    indoors: Mask
    built_up: Mask
    people: Floats
    people_outside: float
    rings: list[Floats]
    lines: list[str]


def gather(asked: Asked) -> Town:
    names, lonlat, heights, levels = read_sirens(asked.sirens)
    lines = [f"警报器 {len(names)} 台（{asked.sirens.name}，30 m 处声压级 dB(A)）"]
    buildings, plane = houses(asked, lonlat)
    at = plane.metres(lonlat, asked.datum)
    lines += buildings.report.lines() if buildings else ["没有建筑物：按空旷地计"]
    lines.append(f"平面坐标 {plane.name}，源数据坐标 {asked.datum.value}")
    grid = cover_grid(at, buildings, asked)
    terrain, said = hills(asked, plane, grid)
    people = crowd(asked, plane, buildings)
    lines += [*said, people.line if people else "没有人口数据：只报面积"]
    built, said_built = built_up(asked, plane, grid, buildings)
    sirens = [
        Siren(x, y, height, level)
        for (x, y), height, level in zip(at, heights, levels, strict=True)
    ]
    refuse_inside(names, sirens, buildings)
    indoors = rasterised(grid, buildings.polygons if buildings else [])
    table, outside = on_grid(people, grid, indoors)
    return Town(
        plane,
        names,
        sirens,
        raised(buildings, terrain, asked.ground),
        grid,
        indoors,
        built,
        table,
        outside,
        buildings.rings if buildings else [],
        [*lines, said_built],
    )


def read_sirens(path: Path) -> tuple[list[str], Floats, list[float], list[float]]:
    """(names, lon lat, heights above ground, levels at 30 m) of a CSV."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        keys = {key: column(reader.fieldnames or [], key, path) for key in COLUMNS}
        rows = list(reader)
    if not rows:
        raise GeodataError(f"{path.name} 里没有警报器")
    names = [row[keys["name"]] for row in rows]
    table = np.array(
        [
            [numeral(row[keys[key]], key, name, path) for key in ("lon", "lat", "height", "level")]
            for name, row in zip(names, rows, strict=True)
        ]
    )
    for name, height, level in zip(names, table[:, 2], table[:, 3], strict=True):
        if not 0.0 < height < 500.0:
            raise GeodataError(f"警报器 {name} 的高度 {height:g} m 不合理")
        if not QUIETEST_DB <= level <= LOUDEST_DB:
            raise GeodataError(f"警报器 {name} 的声压级 {level:g} dB 不合理（应为 30 m 处）")
    return names, table[:, :2], table[:, 2].tolist(), table[:, 3].tolist()


def column(names: object, key: str, path: Path) -> str:
    given = [str(name) for name in names] if isinstance(names, (list, tuple)) else []
    for name in given:
        if name.strip().lower() in COLUMNS[key]:
            return name
    raise GeodataError(f"{path.name} 没有这样一列：{'、'.join(COLUMNS[key])}")


def numeral(text: str | None, key: str, name: str, path: Path) -> float:
    try:
        return float(text or "")
    except ValueError as wrong:
        raise GeodataError(f"{path.name} 里警报器 {name} 的 {key} 不是数字：{text!r}") from wrong


def houses(asked: Asked, lonlat: Floats) -> tuple[Buildings | None, Plane]:
    plane = plane_at(*lonlat.mean(axis=0))
    if asked.buildings is None:
        return None, plane
    return read_buildings(asked.buildings, plane, asked.missing, asked.datum), plane


def cover_grid(at: Floats, buildings: Buildings | None, asked: Asked) -> Grid:
    """The buildings with a margin, or all within reach of a siren."""
    points = np.concatenate(buildings.rings) if buildings else at
    margin = 50.0 if buildings else asked.reach
    apart = np.abs(at - points.mean(axis=0)).max()
    if apart > 200_000.0:
        raise GeodataError(f"警报器离建筑物 {apart / 1000:.0f} km：坐标、经纬度先后或坐标系不对")
    west, south = points.min(axis=0) - margin
    east, north = points.max(axis=0) + margin
    columns = int(np.ceil((east - west) / asked.step))
    rows = int(np.ceil((north - south) / asked.step))
    return Grid(float(west), float(south), asked.step, columns, rows)


def bounds(grid: Grid) -> tuple[float, float, float, float]:
    return (
        grid.west,
        grid.south,
        grid.west + grid.columns * grid.step,
        grid.south + grid.rows * grid.step,
    )


def hills(asked: Asked, plane: Plane, grid: Grid) -> tuple[Terrain, list[str]]:
    if asked.dem is None:
        return FLAT, ["没有地形：按平地计"]
    relief = read_dem(asked.dem, plane, bounds(grid))
    return relief.terrain, list(relief.lines)


def raised(buildings: Buildings | None, terrain: Terrain, ground: float) -> Scene:
    """Buildings stand with a flat roof on the mean ground under their corners."""
    solids = []
    if buildings:
        for outline, height in zip(buildings.outlines, buildings.heights, strict=True):
            base = float(np.mean([ground_height(terrain, x, y) for x, y in outline[0]]))
            solids.append((outline, base + float(height)))
    return scene(solids, terrain=terrain, base_factor=ground)


def refuse_inside(names: list[str], sirens: list[Siren], buildings: Buildings | None) -> None:
    if buildings is None:
        return
    tree = shapely.STRtree(buildings.polygons)
    for name, siren in zip(names, sirens, strict=True):
        for index in tree.query(shapely.Point(siren.x, siren.y), predicate="within"):
            roof = float(buildings.heights[index])
            if siren.height <= roof:
                raise GeodataError(
                    f"警报器 {name} 在建筑物里面：高 {siren.height:g} m，屋面高 {roof:g} m。"
                    "装在屋顶的，高度要从地面算起"
                )


def crowd(asked: Asked, plane: Plane, buildings: Buildings | None) -> Population | None:
    if asked.population is not None:
        return read_population(asked.population, plane, asked.datum)
    if asked.people is not None and buildings is not None:
        return over_buildings(buildings, asked.people)
    return None


def built_up(
    asked: Asked, plane: Plane, grid: Grid, buildings: Buildings | None
) -> tuple[Mask, str]:
    if asked.built_up is not None:
        meta, shapes, _ = read_layer(asked.built_up)
        flat = reproject(shapes, declared(meta, shapes, asked.built_up), CRS.from_epsg(4490))
        area = shapely.union_all(shapely.transform(flat, lambda p: plane.metres(p, asked.datum)))
        return rasterised(grid, [area]), f"建成区：{asked.built_up.name}，{area.area / 1e6:.2f} km²"
    if buildings is None:
        return np.ones((grid.rows, grid.columns), bool), "建成区：没有给，取整个计算范围"
    hull = shapely.union_all(buildings.polygons).convex_hull
    said = f"建成区：没有给，取建筑物的凸包 {hull.area / 1e6:.2f} km²"
    return rasterised(grid, [hull]), said


def rasterised(grid: Grid, shapes: Sequence[shapely.Geometry]) -> Mask:
    """Cells whose middle lies in a shape."""
    if not shapes:
        return np.zeros((grid.rows, grid.columns), bool)
    north = grid.south + grid.rows * grid.step
    drawn = rasterize(
        shapes,
        out_shape=(grid.rows, grid.columns),
        transform=from_origin(grid.west, north, grid.step, grid.step),
    )
    return np.ascontiguousarray(drawn[::-1] > 0)


def on_grid(people: Population | None, grid: Grid, indoors: Mask) -> tuple[Floats, float]:
    """People per cell, those indoors put on the nearest outdoor cell; and how many live outside
    the area computed."""
    from scipy.ndimage import distance_transform_edt

    table = np.zeros((grid.rows, grid.columns))
    if people is None:
        return table, 0.0
    cells = grid.cells(people.points)
    held = grid.holds(cells)
    rows, columns = cells[held].T
    if indoors.any() and not indoors.all():
        nearest = distance_transform_edt(indoors, return_distances=False, return_indices=True)
        rows, columns = nearest[:, rows, columns]
    np.add.at(table, (rows, columns), people.people[held])
    return table, float(people.people[~held].sum())
