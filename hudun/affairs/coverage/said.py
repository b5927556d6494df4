"""A result in words: everything a reader must know beside the figures."""

from __future__ import annotations

import numpy as np

from hudun.engines.acoustics import level_at_1m, radius_120, radius_fema
from hudun.engines.acoustics.audible import Rule

from .places import by_street
from .run import LISTENER_M, Result

SHOWN_ZONES = 10
SPECTRUM = "警报器频谱为假定（500 Hz 及其谐波）"
REFLECTED = "计建筑物外墙的一阶反射（7.5，ρ 0.8），多次反射不计"
ACCURACY = "GB/T 17247.2 注明的精度只到 1 km，更远的结果只供参考"


def inputs(result: Result, ground: float) -> list[str]:
    rule, method = result.rule, result.method
    return [
        *result.town.lines,
        f"听得到：声级 ≥ max({rule.floor:g}, 环境 {ambient_said(rule)} + {rule.margin:g}) dB(A)",
        f"GB/T 17247.2（ISO 9613-2:{method.edition}），{method.celsius:g} ℃，"
        f"{method.humidity:g} %，地面因子 {ground:g}，听者高 {LISTENER_M:g} m，"
        f"网格 {result.town.grid.step:g} m",
        f"反射声：{REFLECTED if method.reflections else '不计（偏保守）'}",
        SPECTRUM,
    ]


def ambient_said(rule: Rule) -> str:
    levels = np.asarray(rule.ambient)
    low, high = float(levels.min()), float(levels.max())
    return f"{low:g}" if low == high else f"{low:g}～{high:g}（按功能区）"


def report(result: Result, losses: float, ground: float) -> list[str]:
    got = result.figures
    said = [
        "—— 输入 ——",
        *inputs(result, ground),
        "—— 结果 ——",
        f"物理模型：覆盖 {got.covered_m2 / 1e6:.3f} / {got.built_up_m2 / 1e6:.3f} km²"
        f"（建成区室外地面）= {got.area_share:.1%}",
    ]
    if got.people:
        said.append(
            f"  人口 {got.hearing:,.0f} / {got.people:,.0f} = {got.people_share:.1%}"
            f"（范围外另有 {result.town.people_outside:,.0f} 人未计）"
        )
    return [
        *said,
        f"  其中最近的可闻警报器在 1 km 以外的占 {result.far:.1%}：该标准的精度只到 1 km",
        *statutory(result, losses),
        "重叠（单台各自可闻）："
        + "，".join(f"{count} 台 {share:.1%}" for count, share in enumerate(got.overlap[:6])),
        *place_lines(result),
        *zone_lines(result),
    ]


def statutory(result: Result, losses: float) -> list[str]:
    loudest, floor = max(siren.level for siren in result.town.sirens), result.rule.floor
    ambient = float(np.mean(result.rule.ambient))
    return [
        f"国人防〔2007〕120号公式：L0 {ambient_said(result.rule)}，Lz {losses:g} dB："
        f"{result.quick.area_share:.1%}；人口 {result.quick.people_share:.1%}"
        "（未含“高出背景 5 dB”的要求）",
        f"FEMA CPG 1-17：{result.fema.area_share:.1%}；人口 {result.fema.people_share:.1%}",
        f"  最响一台半径 {radius_120(level_at_1m(loudest), ambient, losses):,.0f} m；"
        f"按 FEMA CPG 1-17 到 {floor:g} dBC {radius_fema(loudest, floor):,.0f} m",
    ]


def place_lines(result: Result) -> list[str]:
    streets = by_street(result.shares)
    if not streets:
        return []
    return [
        f"各街道（{result.town.crowd.basis}）：",
        *(
            f"  {one.street} {one.hearing:,.0f} / {one.people:,.0f} 人"
            f" = {one.people_share or 0.0:.1%}"
            for one in streets
        ),
    ]


def zone_lines(result: Result) -> list[str]:
    said = [f"听不到的片区 {len(result.zones)} 处，前 {SHOWN_ZONES}（按人口、面积）："]
    for zone in result.zones[:SHOWN_ZONES]:
        lon, lat = result.town.plane.degrees(np.array([[zone.x, zone.y]]))[0]
        size = f"{zone.people:8,.0f} 人 {zone.area_m2 / 1e4:8.2f} 公顷"
        said.append(f"  {size}  {lon:.5f}, {lat:.5f}")
    return said
