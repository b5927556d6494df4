"""Filters of the layer's page: {% load city %}."""

from typing import Any

from django import template

from hudun.assets.city.models import Layer

register = template.Library()


@register.filter
def box_said(layer: Layer) -> str:
    if layer.box is None:
        return ""
    west, south, east, north = layer.box
    return f"{west:.4f}–{east:.4f}°E，{south:.4f}–{north:.4f}°N"


@register.filter
def box_area(layer: Layer) -> dict[str, Any]:
    """The layer's box as GeoJSON."""
    features = []
    if layer.box is not None:
        west, south, east, north = layer.box
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        features.append(
            {
                "type": "Feature",
                "properties": {"id": str(layer.pk), "name": layer.name},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return {"type": "FeatureCollection", "features": features}
