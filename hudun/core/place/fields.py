"""Where a thing stands: true coordinates, and the ones that were given with their datum."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from hudun.engines.geodesy import Datum, LonLat, to_cgcs2000

DATUMS = [
    (Datum.CGCS2000.value, "CGCS2000（天地图、GPS）"),
    (Datum.GCJ02.value, "GCJ-02（高德、腾讯）"),
    (Datum.BD09.value, "BD-09（百度）"),
]
LON_LIMITS = (73.0, 136.0)
LAT_LIMITS = (3.0, 54.0)


class Placed(models.Model):
    """`source_*` is what somebody gave; `lon`, `lat` follow from it and are true."""

    address = models.CharField("地址", max_length=200, blank=True)
    source_datum = models.CharField(
        "坐标系", max_length=10, choices=DATUMS, default=Datum.CGCS2000.value
    )
    source_lon = models.FloatField("经度", null=True, blank=True)
    source_lat = models.FloatField("纬度", null=True, blank=True)
    lon = models.FloatField("真经度", null=True, editable=False)
    lat = models.FloatField("真纬度", null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def point(self) -> LonLat | None:
        if self.lon is None or self.lat is None:
            return None
        return LonLat(self.lon, self.lat)

    def locate(self) -> None:
        """Works out the true coordinates from the given ones."""
        if self.source_lon is None or self.source_lat is None:
            self.lon = self.lat = None
            return
        given = LonLat(self.source_lon, self.source_lat)
        self.lon, self.lat = to_cgcs2000(given, Datum(self.source_datum))

    def clean(self) -> None:
        super().clean()
        check_place(self.source_lon, self.source_lat)


def check_place(lon: float | None, lat: float | None) -> None:
    """Both or none; in China; not swapped."""
    if (lon is None) != (lat is None):
        missing = "source_lon" if lon is None else "source_lat"
        raise ValidationError({missing: "经度和纬度要么都填，要么都不填。"})
    if lon is None or lat is None:
        return
    if _within(lat, LON_LIMITS) and _within(lon, LAT_LIMITS):
        raise ValidationError({"source_lon": "经度和纬度填反了。"})
    if not _within(lon, LON_LIMITS):
        raise ValidationError({"source_lon": f"经度 {lon} 不在中国范围内（73–136）。"})
    if not _within(lat, LAT_LIMITS):
        raise ValidationError({"source_lat": f"纬度 {lat} 不在中国范围内（3–54）。"})


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def in_box(west: float, south: float, east: float, north: float) -> Q:
    return Q(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north)
