"""What a coverage run is given, read and checked: sirens, buildings, terrain, people, built-up
area, ambient zones, ground factors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from hudun.engines.acoustics import FLAT, Scene, Siren, Terrain, scene
from hudun.engines.acoustics.audible import AMBIENT_DB
from hudun.engines.acoustics.bands import Floats
from hudun.engines.acoustics.raster import Grid, Levels
from hudun.engines.acoustics.relief import ground_height
from hudun.geodata.areas import (
    DAY_NAMES,
    FACTOR_NAMES,
    LEVEL_NAMES,
    NIGHT_NAMES,
    ZONE_NAMES,
    Areas,
    known_zones,
    read_areas,
)
from hudun.geodata.buildings import Buildings, read_buildings
from hudun.geodata.population import Population, over_buildings, read_population
from hudun.geodata.projection import GeodataError, Plane, plane_at
from hudun.geodata.terrain import read_dem

from .crowd import Crowd, Mask, crowd_of, drawn, rasterised
from .given import Asked, SirenTable, Source, read_sirens
from .roofs import Roofs, stand

__all__ = ["Asked", "SirenTable", "Source", "Town", "gather", "read_sirens"]
FURTHEST_M = 200_000.0
MOST_CELLS = 400_000_000
MARGIN_M = 50.0


@dataclass(frozen=True)
class Town:
    """Everything in metres, ready to reckon; lines: all that was read and assumed. ambient
    (rows, columns): dB(A), where there are zones."""

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
    crowd: Crowd
    roofs: Roofs
    ambient: Levels | None = None


def gather(asked: Asked) -> Town:
    table = asked.sirens
    plane = plane_at(*table.lonlat.mean(axis=0))
    at = plane.metres(table.lonlat, table.datum)
    buildings = houses(asked, plane)
    lines = [table.line]
    lines += buildings.report.lines() if buildings else ["没有建筑物：按空旷地计"]
    lines.append(f"平面坐标 {plane.name}，警报器坐标 {table.datum.value}")
    built = areas_of(asked.built_up, plane)
    grid = cover_grid(at, buildings, built, asked)
    terrain, said = hills(asked, plane, grid)
    people = crowd(asked, plane, buildings)
    factors, said_factors = soils(asked, plane)
    ambient, said_ambient = quiet(asked, plane, grid)
    lines += [*said, *said_factors, people.line if people else "没有人口数据：只报面积"]
    roofs = Roofs.of(buildings)
    sirens, lifted = stand(table, at, roofs, asked.lift)
    indoors = rasterised(grid, buildings.polygons if buildings else [])
    mask, said_built = built_up(asked, grid, buildings, built)
    group = crowd_of(people, grid, indoors, buildings)
    return Town(
        plane,
        table.names,
        sirens,
        raised(buildings, terrain, asked.ground, factors),
        grid,
        indoors,
        mask,
        group.table(grid),
        group.outside,
        buildings.rings if buildings else [],
        [*lines, said_built, *said_ambient, *lifted],
        group,
        roofs,
        ambient,
    )


def houses(asked: Asked, plane: Plane) -> Buildings | None:
    given = asked.buildings
    if given is None:
        return None
    return read_buildings(given.path, plane, asked.missing, given.datum)


def areas_of(given: Source | None, plane: Plane, **names: tuple[str, ...]) -> Areas | None:
    return read_areas(given.path, plane, given.datum, **names) if given else None


def cover_grid(at: Floats, buildings: Buildings | None, built: Areas | None, asked: Asked) -> Grid:
    """The buildings and the built-up area with a margin, or all within reach of a siren."""
    parts = list(buildings.rings) if buildings else []
    if built:
        parts.append(shapely.get_coordinates(built.polygons))
    points = np.concatenate(parts) if parts else at
    margin = MARGIN_M if parts else asked.reach
    apart = np.abs(at - points.mean(axis=0)).max()
    if apart > FURTHEST_M:
        raise GeodataError(f"警报器离建筑物 {apart / 1000:.0f} km：坐标、经纬度先后或坐标系不对")
    west, south = points.min(axis=0) - margin
    east, north = points.max(axis=0) + margin
    columns = int(np.ceil((east - west) / asked.step))
    rows = int(np.ceil((north - south) / asked.step))
    if columns * rows > MOST_CELLS:
        least = asked.step * np.sqrt(columns * rows / MOST_CELLS)
        raise GeodataError(
            f"间距 {asked.step:g} m 要 {columns * rows:,} 个接收点，一台电脑装不下"
            f"（最多 {MOST_CELLS:,} 个）：间距至少取 {np.ceil(least * 100) / 100:g} m"
        )
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
    relief = read_dem(asked.dem.path, plane, bounds(grid))
    return relief.terrain, list(relief.lines)


def soils(asked: Asked, plane: Plane) -> tuple[list[tuple[Floats, float]], list[str]]:
    """Areas with a ground factor of their own; overlaps go to the first."""
    found = areas_of(asked.ground_areas, plane, g=FACTOR_NAMES)
    if found is None:
        return [], [f"地面因子一律 {asked.ground:g}"]
    areas: list[tuple[Floats, float]] = []
    taken: shapely.Geometry = shapely.Polygon()
    for polygon, factor in zip(found.polygons, found.values["g"], strict=True):
        if not 0.0 <= factor <= 1.0:
            continue
        rest = shapely.difference(polygon, taken)
        taken = shapely.union(taken, polygon)
        areas += [
            (np.asarray(part.exterior.coords)[:-1, :2], float(factor))
            for part in shapely.get_parts(rest)
            if isinstance(part, shapely.Polygon) and not part.is_empty
        ]
    return areas, [f"地面因子：{len(areas)} 块按图层，其余 {asked.ground:g}"]


def quiet(asked: Asked, plane: Plane, grid: Grid) -> tuple[Levels | None, list[str]]:
    """Ambient level by zone; elsewhere the one asked for."""
    names = {"zone": ZONE_NAMES, "day": DAY_NAMES, "night": NIGHT_NAMES, "level": LEVEL_NAMES}
    found = areas_of(asked.ambient_zones, plane, **names)
    if found is None or asked.ambient_zones is None:
        return None, []
    zones = known_zones(found.values["zone"], asked.ambient_zones.path)
    side = 1 if asked.night else 0
    by_zone = np.array([AMBIENT_DB[int(one)][side] if one == one else np.nan for one in zones])
    given = found.values["night" if asked.night else "day"]
    own = np.where(np.isfinite(given), given, found.values["level"])
    levels = np.where(np.isfinite(own), own, by_zone)
    owner = drawn(grid, found.polygons)
    known = np.where(owner >= 0, levels[owner], np.nan)
    share = float(np.isfinite(known).mean())
    said = f"环境声级：图层 {len(levels)} 块，占 {share:.1%}，其余 {asked.ambient:g} dB(A)"
    return np.where(np.isfinite(known), known, asked.ambient).astype(np.float32), [said]


def raised(
    buildings: Buildings | None, terrain: Terrain, ground: float,
    factors: Sequence[tuple[Floats, float]] = (),
) -> Scene:  # fmt: skip
    """Buildings stand with a flat roof on the mean ground under their corners."""
    solids = []
    if buildings:
        for outline, height in zip(buildings.outlines, buildings.heights, strict=True):
            base = float(np.mean([ground_height(terrain, x, y) for x, y in outline[0]]))
            solids.append((outline, base + float(height)))
    return scene(solids, terrain=terrain, areas=factors, base_factor=ground)


def crowd(asked: Asked, plane: Plane, buildings: Buildings | None) -> Population | None:
    if asked.population is not None:
        return read_population(asked.population.path, plane, asked.population.datum)
    if asked.people is not None and buildings is not None:
        return over_buildings(buildings, asked.people)
    return None


def built_up(
    asked: Asked, grid: Grid, buildings: Buildings | None, built: Areas | None
) -> tuple[Mask, str]:
    if built is not None and asked.built_up is not None:
        size = built.square_metres / 1e6
        return rasterised(
            grid, built.polygons
        ), f"建成区：{asked.built_up.path.name}，{size:.2f} km²"
    if buildings is None:
        return np.ones((grid.rows, grid.columns), bool), "建成区：没有给，取整个计算范围"
    hull = shapely.union_all(buildings.polygons).convex_hull
    said = f"建成区：没有给，取建筑物的凸包 {hull.area / 1e6:.2f} km²"
    return rasterised(grid, [hull]), said
