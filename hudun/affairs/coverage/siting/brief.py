"""What is asked for, as plain values that keep in JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

OBJECTIVES = {
    "cover": "覆盖最多",
    "backup": "覆盖最多，并计第二台",
    "fewest": "达标最少",
    "worst": "最差处最好",
}
MEASURES = {"people": "人口", "area": "建成区面积"}
SOURCES = {"roofs": "屋顶", "public": "公共建筑屋顶", "grid": "按间距立杆", "list": "上传的名单"}
SETS = {"sound": "声学计算（粗网格）", "quick": "120号公式半径"}
Ring = list[list[float]]


@dataclass(frozen=True)
class Brief:
    """objective, measure, source, sets: keys above. new: how many sirens; share: of the measure to
    be reached (fewest); backup: what a second siren in reach adds to a first; budget_fen: of all
    together; cheapest: least cost instead of least number; seconds: for the choice; alternatives:
    beside the best one. Candidates: least_m: of a roof; apart_m: between two; mast_m: siren above
    the roof; pole_m: height of a pole; rows: (name, lon, lat, height above ground, cost in 分 or
    None); most: kept at most; zones: closed areas, rings of lon lat (CGCS2000). level: dB(A) at
    30 m; floor, margin, ambient, losses: of the rule and of the statutory formula; night: what the
    layer of ambient zones says by night. coarse, fine: metres between receivers."""

    objective: str = "cover"
    measure: str = "people"
    new: int = 2
    share: float = 0.95
    backup: float = 0.5
    budget_fen: int | None = None
    cheapest: bool = False
    seconds: float = 20.0
    alternatives: int = 3
    source: str = "roofs"
    least_m: float = 12.0
    apart_m: float = 80.0
    mast_m: float = 3.0
    pole_m: float = 15.0
    most: int = 300
    roof_fen: int | None = None
    pole_fen: int | None = None
    rows: list[tuple[str, float, float, float, int | None]] = field(default_factory=list)
    zones: list[Ring] = field(default_factory=list)
    sets: str = "sound"
    level: float = 110.0
    floor: float = 60.0
    margin: float = 5.0
    ambient: float = 55.0
    night: bool = False
    losses: float = 10.0
    ground: float = 0.3
    missing: float = 6.0
    people: float | None = None
    reach: float = 2_000.0
    coarse: float = 50.0
    fine: float = 20.0

    @classmethod
    def of(cls, given: dict[str, Any]) -> Brief:
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in given.items() if name in known})

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def prices(self) -> bool:
        """Whether cost decides."""
        return self.cheapest or self.budget_fen is not None

    @property
    def whole(self) -> str:
        """What is sought, in words."""
        what = MEASURES[self.measure]
        match self.objective:
            case "fewest":
                least = "费用最少" if self.cheapest else "台数最少"
                return f"{what}覆盖 {self.share:.1%}，{least}"
            case "worst":
                return f"新增 {self.new} 台，让最差的地方最好"
            case "backup":
                return f"新增 {self.new} 台，{what}覆盖最多，第二台按 {self.backup:.0%} 计"
            case _:
                money = f"，费用不超过 {self.budget_fen / 1e6:,.2f} 万元" if self.budget_fen else ""
                return f"新增 {self.new} 台，{what}覆盖最多{money}"
