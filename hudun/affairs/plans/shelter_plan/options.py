"""The words of `hudun shelter-plan`."""

from __future__ import annotations

import argparse
from pathlib import Path

from hudun.core.error import Problem
from hudun.engines.clearance.speeds import AGE_GROUPS, AgeGroup


def parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="hudun shelter-plan", description="编制人员掩蔽方案。")
    for options in (_files, _terms, _loss, _leave, _result, _book):
        options(parser)
    return parser.parse_args(argv)


ABOVE_ZERO = ("limit", "pace", "gather", "size", "vehicles", "seats")
NOT_BELOW = (
    "minutes",
    "convex",
    "penalty",
    "warning",
    "start",
    "sites",
    "place",
    "total",
    "siting",
)
LARGEST = 10**7


def check(asked: argparse.Namespace) -> None:
    """400.319 for a number nobody can have meant."""
    for least, names in ((1e-9, ABOVE_ZERO), (0, NOT_BELOW)):
        for name in names:
            value = getattr(asked, name) or 0 if least == 0 else getattr(asked, name)
            if not least <= value <= LARGEST:
                raise Problem("400.319", name=f"--{name}", value=value)


def ages_of(text: str | None) -> tuple[AgeGroup, ...]:
    """`成人=0.65=80,老人=0.35=42`: share and metres a minute; 400.320 where it is none."""
    if not text:
        return AGE_GROUPS
    try:
        parts = [part.split("=") for part in text.replace("，", ",").split(",")]
        ages = tuple(AgeGroup(name, float(share), float(pace) / 60) for name, share, pace in parts)
    except ValueError as error:
        raise Problem("400.320", text=text) from error
    sane = all(0 <= age.share <= 1 and 0.1 <= age.speed <= 3 for age in ages)
    if not sane or abs(sum(age.share for age in ages) - 1) > 1e-6:
        raise Problem("400.320", text=text)
    return ages


def _files(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("输入").add_argument
    add("--streets", type=Path, required=True, help="路网：.pbf/.osm、GIS 线图层或边表")
    add("--nodes", type=Path, help="边表的节点坐标表（id, lon, lat）")
    add("--dem", type=Path, help="地形 GeoTIFF：上下坡按 Tobler 公式折算")
    add(
        "--people", type=Path, nargs="+", required=True,
        help="人口与单位（可几个文件）：id, lon, lat（或 node）, people 或 day、night, community",
    )  # fmt: skip
    add("--when", choices=["day", "night"], default="", help="取白天还是夜间人数")
    add("--total", type=int, default=0, help="第一个人口文件只有楼栋：把这么多人按建筑面积分到各栋")
    add("--shelters", type=Path, help="工程：id, lon, lat（或 node）, capacity, width, state")
    add(
        "--entrances",
        type=Path,
        help="口部：shelter, lon, lat（或 node）, width；一个工程可有几行",
    )
    add("--place", type=int, metavar="N", help="没有工程文件时，按规则拟设 N 个工程（结果注明）")
    add(
        "--siting",
        type=float,
        default=0.0,
        metavar="秒",
        help="拟设时用选址引擎（p-中值），算这么多秒；每处容纳以它为最近的人，至多 --size",
    )
    add("--size", type=int, default=2_000, help="拟设和新建工程的容量")


def _terms(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("要求").add_argument
    add("--limit", type=float, default=1_000.0, help="最远步行距离（米，折成平地）")
    add("--minutes", type=float, help="最长步行时间（分），代替 --limit")
    add("--pace", type=float, default=80.0, help="用来折算 --minutes 的步速（米/分）；老人 42")
    add("--fair", action="store_true", help="先使最远距离最短")
    add("--convex", type=float, default=0.0, metavar="米", help="走这么远的按两倍计，越远越重")
    add("--whole", action="store_true", help="同一行的人尽量不拆开")
    add("--together", action="store_true", help="同一社区的人尽量进同一个工程")
    add("--ages", metavar="成人=0.65=80,…", help="各年龄组的比例和步速（米/分），比例合计为 1")
    add("--warning", type=float, default=60.0, help="警报传到的时间（秒）")
    add("--start", type=float, default=120.0, help="收拾出门的时间（秒）")


def _loss(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("损失").add_argument
    add("--lost", nargs="+", metavar="编号", help="损失的工程")
    add("--closed", type=Path, help="不通的路：每行 from,to 的表，或图上的面、线（碰到的路都不通）")
    add("--penalty", type=float, default=1_000.0, help="工程还在而要他改去别处，按多走几米计")


def _leave(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("疏散").add_argument
    add("--leave", metavar="早期=0.1,临战=0.15", help="各时段离城的比例；其余的人掩蔽")
    add("--assembly", type=Path, help="集结点：id, lon, lat, capacity（每批容纳）")
    add("--areas", type=Path, help="疏散地域：id, lon, lat, capacity")
    add("--gather", type=float, default=1_500.0, help="到集结点的最远步行距离（米）")
    add("--vehicles", type=int, default=100, help="车辆数")
    add("--seats", type=int, default=45, help="每车座位")


def _result(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("结果").add_argument
    add("--sites", type=int, default=10, help="最多建议几处新建")
    add("--form", nargs="*", default=["csv"], choices=["csv", "geojson", "gpkg"])
    add("--out", type=Path, required=True, help="结果文件夹")


def _book(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("册子").add_argument
    add(
        "--book",
        type=Path,
        metavar="文件夹",
        help="社区册页、告知卡、工程名单（PDF）和图层写在这里",
    )
    add("--office", default="", help="册子上的单位名称")
    add("--title", default="人员掩蔽保障计划", help="册子上的预案名称")
    add("--edition", default="", help="册子上的版本，如“第 1 版（草案）”")
    add("--secrecy", default="内部", choices=["内部", "工作秘密"], help="册子上的密级")
    add("--note", default="", help="印在每张纸上的说明，如“工程为拟设”")
    add("--helpers", type=Path, help="召集、引导、帮扶的人：community, name, phone, duty")
    add("--hazards", type=Path, help="危险点：name, kind, lon, lat")
