"""What `hudun shelter-plan` says at the end."""

from __future__ import annotations

import argparse

from .tables import REASONS, Row


def plan_lines(told: Row, asked: argparse.Namespace) -> list[str]:
    reasons = "，".join(f"{word} {told[word]}" for word in REASONS.values())
    streets = told["streets"]
    lines = [
        f"路网 {streets['nodes']} 个节点、{streets['edges']} 段、{streets['components']} 片，"
        f"弃用 {streets['broken']} 处",
        *(f"弃用：{fault}" for fault in streets["faults"]),
        f"人数 {told['people']}，有位 {told['covered']}，无位 {told['left']}（{reasons}）",
        f"工程 {told['shelters']} 个，{told['places']} 个位置",
        f"平均步行 {told['mean_m']} 米，最远 {told['worst_m']} 米（折成平地）",
        f"警报后 {told['last_inside_min']} 分钟全部进入（预警 {asked.warning:g} 秒、出门 "
        f"{asked.start:g} 秒在内）",
        f"最优性证明{'成立' if told['proved'] else '不成立'}；"
        f"各表合计{'一致' if told['reconciled'] else '不一致'}",
        *_off("不在路网上的人口（计入道路不通）", told["off_network"]),
        *_off("不在路网上的工程（无人能到）", told["shelters_off_network"]),
        *(f"未用：{fault}" for fault in told["unused_rows"][:20]),
    ]
    if len(told["unused_rows"]) > 20:
        lines.append(f"未用的行共 {len(told['unused_rows'])}，见 summary.json")
    if not asked.shelters:
        lines.append("工程是按规则拟设的，不是真实工程。")
    return lines


def _off(label: str, rows: list[str]) -> list[str]:
    more = " 等" if len(rows) > 5 else ""
    return [f"{label} {len(rows)} 行：{'，'.join(rows[:5])}{more}"] if rows else []


def loss_lines(told: Row) -> list[str]:
    return [
        f"损失工程 {told['lost_shelters']} 个、道路 {told['closed_streets']} 段，"
        f"{told['displaced']} 人失去位置或去路",
        f"立即：{told['repair_moved']} 人改去别处或失位，共 {told['repair_left']} 人无位",
        f"稳定：{told['stable_moved']} 人改去别处或失位，共 {told['stable_left']} 人无位，证明"
        f"{'成立' if told['proved'] else '不成立'}；谁改到哪里见 moves.csv，改后的方案在 after/",
    ]


def leave_lines(waves: list[Row]) -> list[str]:
    return [
        f"{wave['wave']}疏散 {wave['people']} 人，运走 {wave['leave']}，无集结点 "
        f"{wave['without_assembly']}，无疏散地域 {wave['without_area']}；约 {wave['minutes']:.0f} "
        f"分钟（下界 {wave['least_minutes']:.0f}；车速与绕行系数为假定）"
        for wave in waves
    ]
