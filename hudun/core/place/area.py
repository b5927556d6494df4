"""An area as GeoJSON with its bounding box in columns, so that both databases can search it."""

from functools import cached_property
from typing import Any

import shapely
from django.db import models
from django.db.models import Q
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from hudun.engines.geodesy import LonLat


class Area(models.Model):
    geometry: "models.JSONField[Any, dict[str, Any]]" = models.JSONField("范围")
    west = models.FloatField(editable=False)
    south = models.FloatField(editable=False)
    east = models.FloatField(editable=False)
    north = models.FloatField(editable=False)

    class Meta:
        abstract = True

    @cached_property
    def shape(self) -> BaseGeometry:
        made = shape(self.geometry)
        shapely.prepare(made)
        return made

    def draw(self, geometry: dict[str, Any]) -> None:
        """Sets the outline and its box."""
        self.geometry = geometry
        self.__dict__.pop("shape", None)
        self.west, self.south, self.east, self.north = self.shape.bounds

    def contains(self, point: LonLat) -> bool:
        return bool(shapely.intersects_xy(self.shape, point.lon, point.lat))


def overlaps_box(west: float, south: float, east: float, north: float) -> Q:
    return Q(west__lte=east, east__gte=west, south__lte=north, north__gte=south)
