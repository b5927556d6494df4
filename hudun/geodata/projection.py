"""Degrees into metres and back. Metres are those of the CGCS2000 three-degree Gauss–Krüger zone of
the place (EPSG:4534 … 4554), outside China of a transverse Mercator through the place itself."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from pyproj import CRS, Transformer

from hudun.engines.geodesy import Datum, LonLat, in_china_box, to_cgcs2000

Floats = npt.NDArray[np.float64]
FIRST_ZONE_EPSG, FIRST_MERIDIAN, ZONE_WIDTH = 4534, 75, 3


class GeodataError(ValueError):
    """What is wrong with a file and what to do, for the person who gave it."""


@dataclass(frozen=True)
class Plane:
    """The projected system everything is computed in."""

    crs: CRS
    name: str

    def metres(self, lonlat: Floats, datum: Datum = Datum.CGCS2000) -> Floats:
        """(n, 2) degrees → (n, 2) x, y."""
        given = checked_degrees(np.asarray(lonlat, float).reshape(-1, 2))
        true = given if datum is Datum.CGCS2000 else shifted(given, datum)
        to = Transformer.from_crs("EPSG:4490", self.crs, always_xy=True)
        return np.column_stack(to.transform(true[:, 0], true[:, 1]))

    def degrees(self, plan: Floats) -> Floats:
        back = Transformer.from_crs(self.crs, "EPSG:4490", always_xy=True)
        points = np.asarray(plan, float).reshape(-1, 2)
        return np.column_stack(back.transform(points[:, 0], points[:, 1]))


def plane_at(lon: float, lat: float) -> Plane:
    checked_degrees(np.array([[lon, lat]]))
    if in_china_box(LonLat(lon, lat)):
        meridian = ZONE_WIDTH * round(lon / ZONE_WIDTH)
        code = FIRST_ZONE_EPSG + (meridian - FIRST_MERIDIAN) // ZONE_WIDTH
        return Plane(CRS.from_epsg(code), f"EPSG:{code}")
    name = f"+proj=tmerc +lat_0={lat:.4f} +lon_0={lon:.4f} +ellps=GRS80 +units=m"
    return Plane(CRS.from_proj4(name), name)


def shifted(lonlat: Floats, datum: Datum) -> Floats:
    """True coordinates of points in a shifted datum."""
    return np.array([to_cgcs2000(LonLat(lon, lat), datum) for lon, lat in lonlat])


def checked_degrees(lonlat: Floats) -> Floats:
    if not np.isfinite(lonlat).all():
        raise GeodataError("坐标里有空值或非数字，请先补全")
    if (np.abs(lonlat[:, 0]) > 180.0).any() or (np.abs(lonlat[:, 1]) > 90.0).any():
        raise GeodataError("坐标超出经纬度范围：像是米制坐标被当作度，请注明坐标系")
    return lonlat
