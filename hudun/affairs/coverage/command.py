"""`hudun coverage`: where the sirens are heard, from files."""

from __future__ import annotations

import argparse
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

from hudun.engines.acoustics.audible import AMBIENT_DB, MARGINS_DB
from hudun.engines.geodesy import Datum
from hudun.geodata.projection import GeodataError

from .inputs import Asked, Source, gather, read_sirens
from .outputs import write
from .run import Result, method_for, plan, reckon, rule_for
from .said import report

MOST_PAIRS = 100_000_000
"""More than this is only planned unless --yes."""
DONE, BAD, ONLY_PLANNED = 0, 2, 3


def main(argv: list[str]) -> int:
    asked = arguments(argv)
    try:
        return run(asked)
    except (GeodataError, OSError, ValueError) as wrong:
        print(f"不能计算：{wrong}", file=sys.stderr)
        return BAD


def run(asked: argparse.Namespace) -> int:
    cores = asked.cores or os.cpu_count() or 1
    town = gather(inputs(asked))
    cost = plan(town, cores)
    print(cost, flush=True)
    if cost.pairs > MOST_PAIRS and not asked.yes:
        print("超出一台电脑的寻常用量：加大 --step，或加 --yes 照此计算", file=sys.stderr)
        return ONLY_PLANNED
    rule = rule_for(town, asked.floor, asked.margin, ambient_of(asked))
    method = method_for(
        rule,
        celsius=asked.celsius,
        humidity=asked.humidity,
        edition=asked.edition,
        reflections=asked.reflections,
        exact=asked.exact,
    )
    began = monotonic()
    with ThreadPoolExecutor(cores) as pool:
        result = reckon(town, rule, method, pool, asked.losses, progress)
    print("\n".join(report(result, asked.losses, asked.ground)))
    for path in write(result, asked.out) if asked.out else []:
        print(f"已写 {path}")
    print(json.dumps(closing(result, monotonic() - began)))
    return DONE


def progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{of} 台", end="\n" if done == of else "", file=sys.stderr, flush=True)


def ambient_of(asked: argparse.Namespace) -> float:
    if asked.ambient is not None:
        return float(asked.ambient)
    return AMBIENT_DB[asked.zone][1 if asked.night else 0]


def closing(result: Result, seconds: float) -> dict[str, object]:
    got = result.figures
    return {
        "sirens": len(result.town.sirens),
        "receivers": result.town.grid.size,
        "built_up_m2": round(got.built_up_m2),
        "covered_m2": round(got.covered_m2),
        "area_share": round(got.area_share, 4),
        "people": round(got.people),
        "hearing": round(got.hearing),
        "people_share": round(got.people_share, 4),
        "statutory_area_share": round(result.quick.area_share, 4),
        "dead_zones": len(result.zones),
        "seconds": round(seconds, 2),
    }


def inputs(asked: argparse.Namespace) -> Asked:
    if not asked.step > 0.0:
        raise GeodataError("网格间距要大于 0")
    datum = Datum(asked.datum)

    def file(path: Path | None) -> Source | None:
        return Source(path, datum) if path else None

    return Asked(
        read_sirens(asked.sirens, datum),
        file(asked.buildings),
        file(asked.dem),
        file(asked.population),
        asked.people,
        file(asked.built_up),
        file(asked.zones),
        file(asked.soils),
        asked.step,
        asked.reach,
        asked.ground,
        asked.missing,
        ambient_of(asked),
        asked.night,
    )


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="hudun coverage", description="计算音响覆盖")
    add = parser.add_argument
    add("--sirens", type=Path, required=True, help="CSV：name,lon,lat,height,level")
    add("--buildings", type=Path, help="GeoPackage、shapefile 或 GeoJSON，有高度或层数")
    add("--dem", type=Path, help="GeoTIFF 高程")
    add("--population", type=Path, help="CSV（lon,lat,population）或图层")
    add("--people", type=float, help="没有人口数据时，全区人数，按建筑面积分摊")
    add("--built-up", type=Path, help="建成区面；没有则取建筑物凸包")
    add("--zones", type=Path, help="声环境功能区面（zone 或 day、night）；其余按 --zone")
    add("--soils", type=Path, help="地面因子面（G）；其余按 --ground")
    add("--datum", choices=[one.value for one in Datum], default=Datum.CGCS2000.value)
    add("--step", type=float, default=10.0, help="接收点间距，米")
    add("--reach", type=float, default=3_000.0, help="没有建筑物时，离警报器多远以内，米")
    add("--missing", type=float, default=6.0, help="无高度建筑物按几米")
    add("--ground", type=float, default=0.3, help="地面因子 0（硬）…1（松软）")
    add("--floor", type=float, default=60.0, help="可闻下限，dB(A)")
    add("--margin", type=float, default=MARGINS_DB[0], help="高出环境几 dB：5、10、15")
    add("--zone", type=int, choices=AMBIENT_DB, default=2, help="声环境功能区（GB 3096）")
    add("--night", action="store_true", help="取夜间环境声级")
    add("--ambient", type=float, help="环境声级，代替 --zone")
    add("--losses", type=float, default=10.0, help="120号公式的 Lz，1…30 dB")
    add("--celsius", type=float, default=15.0)
    add("--humidity", type=float, default=70.0)
    add("--edition", type=int, choices=(1996, 2024), default=1996)
    add("--exact", action="store_true", help="处处计算侧向绕射，不只在可闻限附近")
    add("--reflections", action="store_true", help="计外墙的一阶反射声，慢数倍至数十倍")
    add("--cores", type=int)
    add("--out", type=Path, help="写 GeoTIFF、等值线、图片的文件夹")
    add("--yes", action="store_true", help="规模很大也照算")
    return parser.parse_args(argv)
