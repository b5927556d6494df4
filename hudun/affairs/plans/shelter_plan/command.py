"""`hudun shelter-plan`: the words, and what it says at the end."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hudun.core.error import Problem
from hudun.geodata.streets import (
    BadStreets,
    Streets,
    read_edges,
    read_lines,
    read_osm,
    with_slope,
)

from .plan import Terms, make_plan, place_shelters
from .points import Points, read_points
from .tables import REASONS, Row
from .write import write

DONE, BAD = 0, 2


def main(argv: list[str]) -> int:
    asked = _parser().parse_args(argv)
    try:
        streets = _streets(asked)
        people = read_points(asked.people)
        shelters = _shelters(asked, streets, people)
        terms = Terms(asked.limit, asked.fair, asked.whole, asked.warning, asked.start)
        told = write(make_plan(streets, people, shelters, terms), asked.out, set(asked.form))
    except Problem as problem:
        print(f"{problem.number} {problem.what}\n{problem.safe}{problem.todo}", file=sys.stderr)
        return BAD
    print("\n".join(_lines(told, asked)))
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hudun shelter-plan", description="编制人员掩蔽方案。")
    add = parser.add_argument
    add("--streets", type=Path, required=True, help="路网：.pbf/.osm、GIS 线图层或边表")
    add("--nodes", type=Path, help="边表的节点坐标表（id, lon, lat）")
    add("--dem", type=Path, help="地形 GeoTIFF：上下坡按 Tobler 公式折算")
    add(
        "--people",
        type=Path,
        required=True,
        help="人口：id, lon, lat（或 node）, people, community",
    )
    add("--shelters", type=Path, help="工程：id, lon, lat（或 node）, capacity, width, state")
    add("--place", type=int, metavar="N", help="没有工程文件时，按规则拟设 N 个工程（结果注明）")
    add("--size", type=int, default=2_000, help="拟设工程的容量")
    add("--limit", type=float, default=1_000.0, help="最远步行距离（米，折成平地）")
    add("--fair", action="store_true", help="先使最远距离最短")
    add("--whole", action="store_true", help="同一行的人尽量不拆开")
    add("--warning", type=float, default=60.0, help="警报传到的时间（秒）")
    add("--start", type=float, default=120.0, help="收拾出门的时间（秒）")
    add("--form", nargs="*", default=["csv"], choices=["csv", "geojson", "gpkg"])
    add("--out", type=Path, required=True, help="结果文件夹")
    return parser


def _streets(asked: argparse.Namespace) -> Streets:
    kind = asked.streets.suffix.lower()
    try:
        if kind in (".pbf", ".osm", ".bz2"):
            streets = read_osm(asked.streets)
        elif kind in (".gpkg", ".shp", ".geojson", ".json"):
            streets = read_lines(asked.streets)
        else:
            streets = read_edges(asked.streets, asked.nodes)
        return with_slope(streets, asked.dem) if asked.dem else streets
    except BadStreets as error:
        raise Problem("400.310", path=asked.streets.name, reason=error) from error


def _shelters(asked: argparse.Namespace, streets: Streets, people: Points) -> Points:
    if asked.shelters:
        return read_points(asked.shelters, shelters=True)
    if not asked.place:
        raise Problem("400.314")
    return place_shelters(streets, people, asked.place, asked.size, asked.limit * 0.8)


def _lines(told: Row, asked: argparse.Namespace) -> list[str]:
    reasons = "，".join(f"{word} {told[word]}" for word in REASONS.values())
    streets = told["streets"]
    lines = [
        f"路网 {streets['nodes']} 个节点、{streets['edges']} 段、{streets['components']} 片，"
        f"弃用 {streets['broken']} 处",
        f"人数 {told['people']}，有位 {told['covered']}，无位 {told['left']}（{reasons}）",
        f"工程 {told['shelters']} 个，{told['places']} 个位置",
        f"平均步行 {told['mean_m']} 米，最远 {told['worst_m']} 米（折成平地）",
        f"警报后 {told['last_inside_min']} 分钟全部进入（预警 {asked.warning:g} 秒、出门 "
        f"{asked.start:g} 秒在内）",
        f"最优性证明{'成立' if told['proved'] else '不成立'}；"
        f"各表合计{'一致' if told['reconciled'] else '不一致'}",
        *(f"未用：{fault}" for fault in told["unused_rows"][:20]),
    ]
    if len(told["unused_rows"]) > 20:
        lines.append(f"未用的行共 {len(told['unused_rows'])}，见 summary.json")
    if not asked.shelters:
        lines.append("工程是按规则拟设的，不是真实工程。")
    return [*lines, f"结果在 {asked.out}"]
