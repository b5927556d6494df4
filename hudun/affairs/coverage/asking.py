"""A calculation as it was asked for: settings, the sirens of that day, the layers by digest.

What is kept is JSON from which the same calculation can be made again. No engine is imported.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Self
from uuid import UUID

from hudun.assets.city.ground import Ground, ground
from hudun.assets.city.models import Layer
from hudun.assets.sirens.models import Siren, SirenKind
from hudun.core.error import Problem
from hudun.core.organ import Organ

from . import problems as problems
from .cost import Cost, Extent, extent_of

EXTENT_KINDS = ("buildings", "built_up")
MOVING = (SirenKind.VEHICLE, SirenKind.HAND)
IN_SERVICE, ON_REGISTER = "in_service", "on_register"
AMBIENT_DB = {0: (50.0, 40.0), 1: (55.0, 45.0), 2: (60.0, 50.0), 3: (65.0, 55.0), 4: (70.0, 55.0)}
"""Day and night limits of GB 3096; a test holds it to the engine's table."""


@dataclass(frozen=True)
class Settings:
    """ambient: instead of the zone's level, dB(A); people: of the district, where no layer of
    people is; height_m and level_db: of sirens whose register does not say."""

    sirens: str = IN_SERVICE
    floor: float = 60.0
    margin: float = 5.0
    zone: int = 2
    night: bool = False
    ambient: float | None = None
    ground: float = 0.3
    step: float = 20.0
    edition: int = 1996
    losses: float = 10.0
    celsius: float = 15.0
    humidity: float = 70.0
    missing: float = 6.0
    reach: float = 3_000.0
    people: float | None = None
    height_m: float = 20.0
    level_db: float = 115.0
    exact: bool = False
    reflections: bool = False

    @classmethod
    def of(cls, given: dict[str, Any]) -> Self:
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in given.items() if name in known})

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def ambient_db(self) -> float:
        return AMBIENT_DB[self.zone][int(self.night)] if self.ambient is None else self.ambient


def sirens_of(office: Organ, which: str) -> list[Siren]:
    """Those that stand somewhere: not on a car, not in a hand."""
    found = Siren.objects.under(office).exclude(lon=None).exclude(kind__in=MOVING)
    chosen = found.working() if which == IN_SERVICE else found.standing()
    return list(chosen.order_by("number"))


def snapshot(sirens: list[Siren], settings: Settings) -> list[dict[str, Any]]:
    """As they were that day; what the register lacks is filled in and marked."""
    return [
        {
            "id": str(siren.pk),
            "number": siren.number,
            "name": siren.name,
            "lon": siren.lon,
            "lat": siren.lat,
            "height": siren.height_m or settings.height_m,
            "level": siren.spl30_db or settings.level_db,
            "assumed": [
                word
                for word, value in (("高度", siren.height_m), ("声压级", siren.spl30_db))
                if not value
            ],
        }
        for siren in sirens
    ]


def extent(office: Organ, sirens: list[Siren], reach: float) -> Extent:
    """Without opening a file: a layer's box was read when it was kept."""
    found = ground(office)
    layers = [getattr(found, kind) for kind in EXTENT_KINDS]
    boxes = [layer.box for layer in layers if layer is not None and layer.box is not None]
    points = [(siren.lon, siren.lat) for siren in sirens if siren.lon and siren.lat]
    if not points:
        raise Problem("409.200")
    return extent_of(boxes, points, reach)


def refuse_too_much(cost: Cost, extent: Extent) -> None:
    from .cost import MOST_MB, MOST_PAIRS

    if cost.too_much:
        raise Problem(
            "413.200",
            sirens=cost.sirens,
            receivers=f"{cost.receivers:,}",
            pairs=f"{cost.pairs:,}",
            seconds=f"{cost.seconds:,.0f}",
            memory=f"{cost.megabytes:,.0f}",
            most=f"{MOST_PAIRS:,}",
            most_memory=f"{MOST_MB:,.0f}",
            step=extent.step_for(cost.sirens, receivers=MOST_PAIRS),
            fields={"step": "加大网格间距"},
        )


def layers_of(found: Ground) -> dict[str, dict[str, str]]:
    return {
        layer.kind: {"id": str(layer.pk), "digest": layer.digest, "line": layer.line()}
        for layer in found.layers
    }


def layer_of(layers: dict[str, dict[str, str]], kind: str) -> Layer | None:
    """The very file of the calculation, also when it was withdrawn since."""
    if kind not in layers:
        return None
    layer = Layer.objects.get(pk=UUID(layers[kind]["id"]))
    if layer.digest != layers[kind]["digest"]:
        raise Problem("422.202", name=layer.name)
    return layer
