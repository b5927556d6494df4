"""Where a siren could stand: roofs, poles on a grid, or a list; closed areas left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import CRS

from hudun.engines.acoustics import Siren
from hudun.engines.acoustics.bands import Floats
from hudun.engines.geodesy import Datum
from hudun.geodata.buildings import declared, read_layer, reproject
from hudun.geodata.projection import GeodataError

from .brief import Brief
from .place import File, Place, roofs_at

USES = ("building", "amenity", "office", "用途", "类型", "性质")
PUBLIC = {
    "school", "university", "college", "kindergarten", "hospital", "clinic", "public", "civic",
    "government", "townhall", "library", "fire_station", "police", "community_centre", "学校",
    "中学", "小学", "幼儿园", "大学", "医院", "机关", "政府", "行政", "公共", "文化", "体育",
    "图书馆", "消防站", "派出所", "社区用房",
}  # fmt: skip
Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Candidates:
    """at (n, 2) metres; heights of the siren above the ground; roofs: height of the building under
    it, 0 for a pole; cost in 分, −1 where it is not known."""

    names: list[str]
    at: Floats
    heights: Floats
    roofs: Floats
    cost: Floats
    lines: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.names)

    def take(self, keep: Mask | list[int], line: str = "") -> Candidates:
        index = np.arange(len(self))[keep]
        return Candidates(
            [self.names[i] for i in index],
            self.at[index],
            self.heights[index],
            self.roofs[index],
            self.cost[index],
            (*self.lines, line) if line else self.lines,
        )

    def siren(self, index: int, level: float) -> Siren:
        x, y = self.at[index]
        return Siren(float(x), float(y), float(self.heights[index]), level)


def candidates(place: Place, brief: Brief, source: File | None) -> Candidates:
    """source: the file of the buildings, for their use."""
    match brief.source:
        case "list":
            found = listed(place, brief)
        case "grid":
            found = poles(place, brief)
        case _:
            found = roofs(place, brief, source if brief.source == "public" else None)
    found = outside(found, place, brief)
    if brief.source != "list":
        found = apart(found, brief.apart_m, brief.most)
    if not len(found):
        said = "；".join(line.strip().removeprefix("候选：") for line in found.lines)
        raise GeodataError(f"没有候选点（{said}）")
    if brief.prices and (found.cost <= 0).any():
        raise GeodataError("按费用选，但有候选点没有费用：请填屋顶、立杆的单价，或在名单里写明")
    return found


def price(fen: int | None, count: int) -> Floats:
    return np.full(count, -1.0 if fen is None else float(fen))


def roofs(place: Place, brief: Brief, uses: File | None) -> Candidates:
    if place.buildings is None:
        raise GeodataError("没有建筑物图层，不能取屋顶：请改用立杆或名单")
    heights = place.buildings.heights
    keep = heights >= brief.least_m
    said = f"候选：{brief.least_m:g} m 以上的屋顶 {int(keep.sum())} 处"
    if uses is not None:
        keep &= public(place, uses)
        said = f"候选：{brief.least_m:g} m 以上的公共建筑屋顶 {int(keep.sum())} 处"
    index = np.flatnonzero(keep)
    points = [place.buildings.polygons[i].representative_point().coords[0] for i in index]
    names = [f"屋顶 {i + 1}（{heights[i]:g} m）" for i in index]
    at = np.array(points, float).reshape(-1, 2)
    cost = price(brief.roof_fen, len(index))
    return Candidates(names, at, heights[index] + brief.mast_m, heights[index], cost, (said,))


def public(place: Place, source: File) -> Mask:
    """Which buildings are public by the words of the file."""
    assert place.buildings is not None
    meta, shapes, columns = read_layer(source.path)
    known = [values for name, values in columns.items() if name.lower() in USES]
    if not known:
        raise GeodataError(f"{source.path.name} 没有用途一列（{'、'.join(USES)}），分不出公共建筑")
    rows = [i for i in range(len(shapes)) if any(str(v[i]).lower() in PUBLIC for v in known)]
    found = np.zeros(len(place.buildings.polygons), bool)
    if rows:
        crs = declared(meta, shapes, source.path)
        lonlat = reproject([shapes[i] for i in rows], crs, CRS.from_epsg(4490))
        middle = shapely.get_coordinates(shapely.point_on_surface(lonlat))
        points = shapely.points(place.plane.metres(middle, source.datum))
        found[shapely.STRtree(place.buildings.polygons).query(points, predicate="within")[1]] = True
    return found


def poles(place: Place, brief: Brief) -> Candidates:
    west, south, east, north = shapely.bounds(place.area)
    x, y = (
        np.arange(a + brief.apart_m / 2, b, brief.apart_m)
        for a, b in ((west, east), (south, north))
    )
    at = np.column_stack([np.tile(x, len(y)), np.repeat(y, len(x))])
    free = shapely.contains_xy(place.area, at) & (roofs_at(at, place.buildings) == 0.0)
    at = at[free]
    names = [f"立杆 {i + 1}" for i in range(len(at))]
    said = (
        f"候选：每 {brief.apart_m:g} m 一处立杆，建成区里的空地 {len(at)} 处，高 {brief.pole_m:g} m"
    )
    heights = np.full(len(at), brief.pole_m)
    return Candidates(
        names, at, heights, np.zeros(len(at)), price(brief.pole_fen, len(at)), (said,)
    )


def listed(place: Place, brief: Brief) -> Candidates:
    if not brief.rows:
        raise GeodataError("候选点名单是空的")
    at = place.plane.metres(np.array([row[1:3] for row in brief.rows], float), Datum.CGCS2000)
    heights = np.array([row[3] for row in brief.rows], float)
    roof = roofs_at(at, place.buildings)
    for row, height, top in zip(brief.rows, heights, roof, strict=True):
        if not 0.0 < height < 600.0 or height <= top:
            where = f"，所在屋面高 {top:g} m" if top else ""
            raise GeodataError(f"候选点 {row[0]} 的高度 {height:g} m 不合理{where}。高度从地面算起")
    cost = np.array([-1.0 if row[4] is None else float(row[4]) for row in brief.rows])
    names = [row[0] for row in brief.rows]
    return Candidates(names, at, heights, roof, cost, (f"候选：名单 {len(names)} 处",))


def outside(found: Candidates, place: Place, brief: Brief) -> Candidates:
    """Without those in a closed area."""
    if not brief.zones:
        return found
    rings = [shapely.Polygon(place.plane.metres(np.array(ring, float))) for ring in brief.zones]
    closed = shapely.union_all(shapely.make_valid(rings))
    keep = ~shapely.intersects_xy(closed, found.at)
    left = f"  避开区 {len(rings)} 块，去掉 {int((~keep).sum())} 处"
    return found.take(keep, left)


def apart(found: Candidates, distance: float, most: int) -> Candidates:
    """The highest first, none nearer than `distance` to one that is kept."""
    kept: list[int] = []
    tree = shapely.STRtree([shapely.Point(xy) for xy in found.at])
    barred = np.zeros(len(found), bool)
    for index in np.lexsort((np.arange(len(found)), -found.heights)):
        if barred[index]:
            continue
        kept.append(int(index))
        barred[tree.query(shapely.points(found.at[index]), "dwithin", distance * 0.999)] = True
    taken = sorted(kept[:most])
    if len(taken) == len(found):
        return found
    dropped = f"，取最高的 {most} 处" if len(kept) > most else ""
    return found.take(taken, f"  相隔 {distance:g} m 以上的 {len(kept)} 处{dropped}")
