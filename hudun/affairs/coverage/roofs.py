"""Sirens and the roofs under them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from hudun.engines.acoustics import Siren
from hudun.engines.acoustics.bands import Floats
from hudun.geodata.buildings import Buildings
from hudun.geodata.projection import GeodataError

from .given import SirenTable

ABOVE_ROOF_M = 3.0


@dataclass(frozen=True)
class Roofs:
    tree: shapely.STRtree
    heights: Floats

    @classmethod
    def of(cls, buildings: Buildings | None) -> Roofs:
        polygons = buildings.polygons if buildings else []
        return cls(shapely.STRtree(polygons), buildings.heights if buildings else np.zeros(0))

    def over(self, x: float, y: float) -> float:
        """Height of the roof over a place, m; 0 in the open."""
        found = self.tree.query(shapely.Point(x, y), predicate="within")
        return max((float(self.heights[one]) for one in found), default=0.0)

    def lifted(self, siren: Siren) -> Siren:
        """On the roof, where it would be inside a building."""
        roof = self.over(siren.x, siren.y)
        if siren.height > roof:
            return siren
        return Siren(siren.x, siren.y, roof + ABOVE_ROOF_M, siren.level)


def stand(table: SirenTable, at: Floats, roofs: Roofs, lift: bool) -> tuple[list[Siren], list[str]]:
    """Those inside a building are refused by name, or lifted and named."""
    sirens, lifted = [], []
    for name, (x, y), height, level in zip(
        table.names, at, table.heights, table.levels, strict=True
    ):
        given = Siren(float(x), float(y), height, level)
        stands = roofs.lifted(given)
        if stands is not given and not lift:
            raise GeodataError(
                f"警报器 {name} 在建筑物里面：高 {height:g} m，屋面高 "
                f"{stands.height - ABOVE_ROOF_M:g} m。装在屋顶的，高度要从地面算起"
            )
        if stands is not given:
            lifted.append(name)
        sirens.append(stands)
    if not lifted:
        return sirens, []
    said = f"登记高度低于所在屋面，按屋面以上 {ABOVE_ROOF_M:g} m 计的 {len(lifted)} 台："
    return sirens, [said + "、".join(lifted)]
