"""`hudun siting`: where the next sirens should stand, from files."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import shapely
from pyproj import CRS

from hudun.affairs.coverage.given import read_sirens
from hudun.engines.acoustics.audible import AMBIENT_DB
from hudun.engines.geodesy import Datum, LonLat, to_cgcs2000
from hudun.geodata.buildings import declared, read_layer, reproject
from hudun.geodata.projection import GeodataError

from .answer import answer, share_words, write
from .brief import MEASURES, OBJECTIVES, SETS, SOURCES, Brief
from .place import File, Files, Row
from .search import search

DONE, BAD = 0, 2


def main(argv: list[str]) -> int:
    asked = arguments(argv)
    try:
        return run(asked)
    except (GeodataError, OSError, ValueError) as wrong:
        print(f"不能选址：{wrong}", file=sys.stderr)
        return BAD


def run(asked: argparse.Namespace) -> int:
    datum = Datum(asked.datum)
    named = ("buildings", "terrain", "population", "built_up")
    paths = {name: getattr(asked, name) for name in named}
    paths |= {"ambient": asked.ambient_zones, "ground": asked.ground_areas}
    files = Files(**{name: File(path, datum) for name, path in paths.items() if path})
    brief = asked_for(asked, datum)
    with ThreadPoolExecutor(asked.cores or os.cpu_count()) as pool:
        found = search(files, standing(asked.sirens, datum), brief, pool, progress)
    said = answer(found)
    print("\n".join(report(said)))
    for path in write(found, asked.out) if asked.out else []:
        print(f"已写 {path}")
    print(json.dumps(closing(said), ensure_ascii=False))
    return DONE


def progress(share: float, words: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{share:4.0%} {words}", end="", file=sys.stderr, flush=True)


def standing(path: Path | None, datum: Datum) -> list[Row]:
    if path is None:
        return []
    given = read_sirens(path, datum)
    places = [to_cgcs2000(LonLat(lon, lat), datum) for lon, lat in given.lonlat]
    rows = zip(given.names, places, given.heights, given.levels, strict=True)
    return [Row(name, *place, height, level) for name, place, height, level in rows]


def asked_for(asked: argparse.Namespace, datum: Datum) -> Brief:
    given: dict[str, Any] = vars(asked)
    ambient = asked.ambient
    if ambient is None:
        ambient = AMBIENT_DB[asked.zone][1 if asked.night else 0]
    rows = read_rows(asked.candidates, datum) if asked.candidates else []
    return Brief.of(
        {
            **{name: value for name, value in given.items() if value is not None},
            "ambient": ambient,
            "budget_fen": None if asked.budget is None else round(asked.budget * 100),
            "roof_fen": None if asked.roof_cost is None else round(asked.roof_cost * 100),
            "pole_fen": None if asked.pole_cost is None else round(asked.pole_cost * 100),
            "rows": rows,
            "source": "list" if rows else asked.source,
            "zones": read_zones(asked.zones) if asked.zones else [],
        }
    )


def read_rows(path: Path, datum: Datum) -> list[tuple[str, float, float, float, int | None]]:
    """CSV: name,lon,lat,height[,cost in 元]."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return rows_of(list(csv.DictReader(file)), path.name, datum)


def rows_of(
    table: list[dict[str, str]], source: str, datum: Datum
) -> list[tuple[str, float, float, float, int | None]]:
    rows = []
    for number, row in enumerate(table, 2):
        try:
            place = to_cgcs2000(LonLat(float(row["lon"]), float(row["lat"])), datum)
            cost = (row.get("cost") or "").strip()
            fen = round(float(cost) * 100) if cost else None
            rows.append((row["name"], *place, float(row["height"]), fen))
        except (KeyError, TypeError, ValueError) as wrong:
            text = f"{source} 第 {number} 行读不懂（{wrong}）：列是 name,lon,lat,height,cost"
            raise GeodataError(text) from wrong
    return rows


def read_zones(path: Path) -> list[list[list[float]]]:
    """Outer rings of the polygons of a layer, lon lat."""
    meta, shapes, _ = read_layer(path)
    flat = reproject(shapes, declared(meta, shapes, path), CRS.from_epsg(4490))
    return rings_of(flat)


def rings_of(shapes: Any) -> list[list[list[float]]]:
    parts = [part for one in shapely.get_parts(shapes) for part in shapely.get_parts(one)]
    polygons = [one for one in parts if isinstance(one, shapely.Polygon)]
    return [[[x, y] for x, y, *_ in one.exterior.coords] for one in polygons]


def report(said: dict[str, Any]) -> list[str]:
    before = said["before"]
    lines = ["—— 输入 ——", *said["lines"], "—— 结果 ——", said["what"]]
    lines.append(f"现有 {said['standing']} 台：{shares(before)}")
    for number, one in enumerate(said["choices"], 1):
        after, gain = one["after"], one["gain"]
        cost = "" if one["cost_fen"] is None else f"，{one['cost_fen'] / 100:,.2f} 元"
        more = f"新增 {gain['people']:,.0f} 人、{gain['km2']:.3f} km²"
        lines.append(f"方案 {number}：{shares(after)}，{more}{cost}")
        lines += [
            f"    {site['name']}  {site['lon']:.5f}, {site['lat']:.5f}  高 {site['height']:g} m  "
            f"单独新增 {site['alone']['people']:,.0f} 人、{site['alone']['km2']:.3f} km²"
            for site in one["sites"]
        ]
    lines.append(
        f"挑选：值 {said['value_words']}，界 {said['bound_words']}，差距 {said['gap']:.2%}，"
        f"{said['solve_seconds']} 秒" + ("（已证明最优）" if said["proved"] else "")
    )
    lines.append("每多一台：" + "；".join(f"{row[0]} 台 {row[3]}" for row in said["curve"]))
    lines += [f"注意：{said['remark']}"] if said["remark"] else []
    return lines


def shares(given: dict[str, Any]) -> str:
    area, people = (share_words(given[f"{name}_share"]) for name in ("area", "people"))
    return f"面积 {area}，人口 {people}"


def closing(said: dict[str, Any]) -> dict[str, Any]:
    best = said["choices"][0]
    return {
        "sites": [[site["lon"], site["lat"], site["height"]] for site in best["sites"]],
        "value": said["value"],
        "bound": said["bound"],
        "gap": round(said["gap"], 6),
        "seconds": said["seconds"],
        "people_share": round(best["after"]["people_share"], 4),
        "area_share": round(best["after"]["area_share"], 4),
    }


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="hudun siting", description="新警报器选址：从文件计算")
    add = parser.add_argument
    add("--sirens", type=Path, help="现有警报器 CSV：name,lon,lat,height,level")
    add("--buildings", type=Path, help="GeoPackage、shapefile 或 GeoJSON，有高度或层数")
    add("--dem", dest="terrain", type=Path, help="GeoTIFF 高程")
    add("--population", type=Path, help="CSV（lon,lat,population）或图层")
    add("--people", type=float, help="没有人口数据时，全区人数，按建筑面积分摊")
    add("--built-up", dest="built_up", type=Path, help="建成区面；没有则取建筑物凸包")
    add("--ambient-zones", type=Path, help="声环境功能区图层")
    add("--ground-areas", type=Path, help="地面因子图层")
    add("--datum", choices=[one.value for one in Datum], default=Datum.CGCS2000.value)
    add("--objective", choices=OBJECTIVES, default="cover", help=words(OBJECTIVES))
    add("--measure", choices=MEASURES, default="people", help=words(MEASURES))
    add("--new", type=int, default=2, help="新增几台")
    add("--share", type=float, default=0.95, help="达标最少：要覆盖的比例")
    add("--backup", type=float, default=0.5, help="第二台可闻按第一台的几成计")
    add("--budget", type=float, help="费用上限，元")
    add("--cheapest", action="store_true", help="达标最少：按费用而不按台数")
    add("--source", choices=[one for one in SOURCES if one != "list"], default="roofs")
    add("--candidates", type=Path, help="候选点 CSV：name,lon,lat,height,cost")
    add("--zones", type=Path, help="避开区，多边形图层")
    add("--least", dest="least_m", type=float, default=12.0, help="屋顶至少多高，米")
    add("--apart", dest="apart_m", type=float, default=80.0, help="候选点相隔，米")
    add("--most", type=int, default=300, help="候选点至多几处")
    add("--roof-cost", type=float, help="装在屋顶一台的费用，元")
    add("--pole-cost", type=float, help="立杆一台的费用，元")
    add("--level", type=float, default=110.0, help="新警报器 30 m 处 dB(A)")
    add("--floor", type=float, default=60.0)
    add("--margin", type=float, default=5.0)
    add("--zone", type=int, choices=AMBIENT_DB, default=1, help="声环境功能区（GB 3096）")
    add("--night", action="store_true", help="取夜间环境声级")
    add("--ambient", type=float, help="环境声级，代替 --zone")
    add("--losses", type=float, default=10.0, help="120号公式的 Lz，1…30 dB")
    add("--sets", choices=SETS, default="sound", help=words(SETS))
    add("--coarse", type=float, default=50.0, help="挑选时的网格，米")
    add("--fine", type=float, default=20.0, help="报数时的网格，米")
    add("--reach", type=float, default=2_000.0, help="没有建筑物和建成区时，离各点多远以内，米")
    add("--seconds", type=float, default=20.0, help="挑选用的时间")
    add("--alternatives", type=int, default=3, help="另列几个方案")
    add("--cores", type=int)
    add("--out", type=Path, help="写结果、图层、图片的文件夹")
    return parser.parse_args(argv)


def words(table: dict[str, str]) -> str:
    return "；".join(f"{key} {text}" for key, text in table.items())
