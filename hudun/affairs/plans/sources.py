"""Which files a plan would be made from now: of each kind the newest that was uploaded, else the
layer of the city in use."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hudun.assets.city.ground import ground
from hudun.assets.city.models import file_of
from hudun.core.error import Problem
from hudun.engines.geodesy import Datum

from .models import InputFile, InputKind, Plan
from .models.plan import input_path

NEEDED = (InputKind.STREETS, InputKind.PEOPLE)


@dataclass(frozen=True, slots=True)
class Source:
    kind: str
    label: str
    line: str
    digest: str
    suffix: str
    city: bool = False
    """A layer of the city, not a file of the plan."""

    @property
    def path(self) -> Path:
        where = file_of if self.city else input_path
        return where(self.digest, self.suffix)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def sources(plan: Plan) -> dict[str, Source]:
    found = dict(_of_city(plan))
    for one in InputFile.objects.of_plan(plan).in_use().order_by("stored_at"):
        label = InputKind(one.kind).label
        found[one.kind] = Source(one.kind, label, one.line(), one.digest, one.suffix)
    return {kind: found[kind] for kind in InputKind.values if kind in found}


def needed(plan: Plan) -> dict[str, Source]:
    """422.301 while something is lacking."""
    found = sources(plan)
    missing = [kind.label for kind in NEEDED if kind.value not in found]
    if missing:
        raise Problem("422.301", missing="、".join(missing))
    return found


OF_CITY = {
    InputKind.STREETS: "streets", InputKind.TERRAIN: "terrain", InputKind.PEOPLE: "population",
}  # fmt: skip


def _of_city(plan: Plan) -> dict[str, Source]:
    """Layers in true coordinates; people of a layer are read as they stand."""
    found = {}
    laid = ground(plan.organ)
    for kind, name in OF_CITY.items():
        layer = getattr(laid, name)
        if layer is not None and layer.true_datum is Datum.CGCS2000:
            source = Source(
                kind.value, kind.label, layer.line(), layer.digest, layer.suffix, city=True
            )
            found[kind.value] = source
    return found
