"""Hills: a walk uphill or steeply down takes longer (Tobler 1993).

Walking speed is 6·exp(−3.5·|s + 0.05|) km/h at slope s (rise over run), 5.04 km/h on the level. An
edge's cost is the length of level ground that takes as long. Slopes are held to ±0.4: what a DEM of
30 m shows beyond that on a street is mostly a bridge, a cutting or noise.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import rasterio
import rasterio.transform
from pyproj import Transformer
from scipy.ndimage import map_coordinates

from .model import BadStreets, Floats, Streets

STEEPEST = 0.4
SHORTEST_M = 10.0
"""A shorter run is taken as this long: the DEM says nothing about steps between two nodes."""


def tobler(slope: Floats) -> Floats:
    """Metres of level ground that take as long as a metre at this slope."""
    held = np.clip(slope, -STEEPEST, STEEPEST)
    return np.asarray(np.exp(3.5 * (np.abs(held + 0.05) - 0.05)))


def with_slope(streets: Streets, dem: Path) -> Streets:
    """The same streets with hills in `there` and `back`; level where the DEM has no value."""
    if not streets.placed:
        raise BadStreets("a network without positions has no slope")
    height = elevation(dem, streets.lon, streets.lat)
    rise = height[streets.b] - height[streets.a]
    slope = np.nan_to_num(rise / np.maximum(streets.length, SHORTEST_M))
    there, back = streets.length * tobler(slope), streets.length * tobler(-slope)
    return replace(streets, there=there, back=back)


def elevation(dem: Path, lon: Floats, lat: Floats) -> Floats:
    """Metres, bilinear between cell centres; NaN outside the raster or where it has none."""
    try:
        with rasterio.open(dem) as raster:
            values = raster.read(1, masked=True).astype(np.float64).filled(np.nan)
            to_raster = Transformer.from_crs("EPSG:4326", raster.crs, always_xy=True)
            x, y = to_raster.transform(lon, lat)
            row, column = rasterio.transform.rowcol(raster.transform, x, y, op=lambda at: at)
    except rasterio.errors.RasterioIOError as error:
        raise BadStreets(f"{dem.name}: {error}") from error
    grid = [np.asarray(row) - 0.5, np.asarray(column) - 0.5]
    found = map_coordinates(values, grid, order=1, mode="constant", cval=np.nan)
    return np.asarray(found, np.float64)
