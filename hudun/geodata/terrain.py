"""Ground heights from a GeoTIFF, on a square grid in metres."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import rasterio.errors
from rasterio.transform import from_origin
from rasterio.warp import Resampling, reproject, transform_bounds
from scipy.ndimage import distance_transform_edt

from hudun.engines.acoustics import FLAT, Terrain

from .projection import Floats, GeodataError, Plane

HIGHEST_M, LOWEST_M = 9_000.0, -500.0
LOOKED_AT = 4_000_000


@dataclass(frozen=True)
class Relief:
    terrain: Terrain
    lines: tuple[str, ...]


def read_dem(
    path: Path, plane: Plane, bounds: tuple[float, float, float, float], step: float = 30.0
) -> Relief:
    """bounds: west, south, east, north in metres. Gaps are filled from the nearest height, and
    how many is said."""
    west, south, east, north = bounds
    columns, rows = int((east - west) // step) + 3, int((north - south) // step) + 3
    heights = np.full((rows, columns), np.nan)
    with opened(path) as source:
        if source.crs is None:
            raise GeodataError(f"{path.name} 没有注明坐标系，不能用")
        reproject(
            rasterio.band(source, 1),
            heights,
            dst_transform=from_origin(west - step / 2, south + (rows - 0.5) * step, step, step),
            dst_crs=plane.crs.to_wkt(),
            dst_nodata=np.nan,
            resampling=Resampling.bilinear,
        )
    upward = np.ascontiguousarray(heights[::-1])
    filled, lost = fill(upward, path.name)
    lines = (
        f"地形 {path.name}：{columns} × {rows} 格，{step:g} m，"
        f"高程 {filled.min():.0f}～{filled.max():.0f} m",
        *((f"  缺 {lost} 格（{lost / filled.size:.1%}），按最近处补",) if lost else ()),
    )
    return Relief(FLAT._replace(heights=filled, west=west, south=south, step=step), lines)


@dataclass(frozen=True)
class Extent:
    """box: west, south, east, north in degrees; missing: share of the cells without a height."""

    columns: int
    rows: int
    box: tuple[float, float, float, float]
    low: float
    high: float
    missing: float


def look_at_dem(path: Path) -> Extent:
    """From every n-th cell, so that a file of any size is looked at in the same time."""
    with opened(path) as source:
        if source.crs is None:
            raise GeodataError(f"{path.name} 没有注明坐标系，不能用")
        scale = max(1, int(np.sqrt(source.width * source.height / LOOKED_AT)))
        shape = (max(1, source.height // scale), max(1, source.width // scale))
        heights = source.read(1, out_shape=shape, masked=True).astype(float).filled(np.nan)
        box = transform_bounds(source.crs, "EPSG:4490", *source.bounds)
        size = source.width, source.height
    wrong = ~np.isfinite(heights) | (heights > HIGHEST_M) | (heights < LOWEST_M)
    if wrong.all():
        raise GeodataError(f"{path.name} 里没有高程（全是空值）")
    good = heights[~wrong]
    return Extent(*size, box, float(good.min()), float(good.max()), float(wrong.mean()))


def opened(path: Path) -> Any:
    try:
        return rasterio.open(path, driver="GTiff")
    except rasterio.errors.RasterioIOError as wrong:
        raise GeodataError(f"读不了 {path.name}：不是完整的 GeoTIFF") from wrong


def fill(heights: Floats, name: str) -> tuple[Floats, int]:
    wrong = ~np.isfinite(heights) | (heights > HIGHEST_M) | (heights < LOWEST_M)
    lost = int(wrong.sum())
    if lost == heights.size:
        raise GeodataError(f"{name} 在这个范围内没有高程（全是空值）：范围或坐标系不对")
    if lost:
        nearest = distance_transform_edt(wrong, return_distances=False, return_indices=True)
        heights = heights[tuple(nearest)]
    return np.ascontiguousarray(heights), lost
