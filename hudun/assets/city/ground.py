"""`ground(organ)`: what there is to compute on in an office's district."""

from dataclasses import dataclass, fields

from hudun.core.organ import Organ

from .models import Layer


@dataclass(frozen=True)
class Ground:
    """The layer in use of each kind: the district's own, else one of those above it."""

    buildings: Layer | None = None
    terrain: Layer | None = None
    streets: Layer | None = None
    population: Layer | None = None
    built_up: Layer | None = None
    ambient: Layer | None = None
    ground: Layer | None = None

    @property
    def layers(self) -> list[Layer]:
        found = (getattr(self, one.name) for one in fields(self))
        return [layer for layer in found if layer is not None]

    def lines(self) -> list[str]:
        return [layer.line() for layer in self.layers]

    def digests(self) -> dict[str, str]:
        """Kind → digest: the same ground gives the same answer."""
        return {layer.kind: layer.digest for layer in self.layers}


def ground(organ: Organ) -> Ground:
    found: dict[str, Layer] = {}
    for layer in Layer.objects.in_use().over(organ.seat()).select_related("organ"):
        found.setdefault(layer.kind, layer)
    return Ground(**found)
