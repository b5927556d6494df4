"""`hudun check assignment FILE [--json] [--fair]`: exits 0 only if the proof of optimality holds,
1 if it does not, 2 on a bad file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from hudun.core.error import Problem
from hudun.engines.sheltering.assign import Assignment, Reason, assign
from hudun.engines.sheltering.proof import (
    Barrier,
    Verdict,
    cover_bound,
    verify,
    walk_bound,
)

from .assignment_file import AssignmentFile, read

HOLDS, FAILS, BAD = 0, 1, 2
REASONS = {Reason.NONE_IN_REACH: "没有可到达的工程", Reason.FULL: "可到达的工程已满"}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="hudun check assignment", description="求最优掩蔽分配并核验其最优性证明。"
    )
    parser.add_argument("file", metavar="文件", type=Path)
    parser.add_argument("--json", action="store_true", help="结果写成 JSON")
    parser.add_argument("--fair", action="store_true", help="先求最远距离最短，再求总距离最短")
    asked = parser.parse_args(argv)
    try:
        given = read(asked.file)
    except Problem as problem:
        _say_problem(problem, asked.json)
        return BAD
    plan = assign(given.instance, fair=asked.fair)
    assert plan.proof is not None
    verdict = verify(given.instance, plan.flow, plan.proof)
    if asked.json:
        print(json.dumps(_as_json(given, plan, verdict), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(given, plan, verdict)))
    return HOLDS if verdict.holds else FAILS


def _lines(given: AssignmentFile, plan: Assignment, verdict: Verdict) -> Iterator[str]:
    everybody = int(given.instance.people.sum())
    yield f"人数 {everybody}，有位 {plan.covered}，无位 {everybody - plan.covered}"
    yield f"总距离 {_plain(given.said(plan.walked))}，最远 {_plain(given.said(plan.worst))}"
    if given.rounded:
        yield f"距离取到小数点后 {given.decimals} 位：再多就不能精确求和"
    for name, people, reason in _left_over(given, plan):
        yield f"无位：{name} {people} 人，{reason}"
    yield f"证明一 不超员、不重计：{_word(verdict.fits)}"
    yield f"证明二 不能多安置一人：{_word(verdict.covers_most)}（{_barrier_words(given, plan)}）"
    bound = _plain(_walk_bound(given, plan))
    yield f"证明三 总距离不能再短：{_word(verdict.walks_least)}（下界 {bound}）"
    if plan.proof is not None and plan.proof.worst is not None:
        yield f"证明四 最远距离不能再短：{_word(verdict.fair)}（{_below_words(given, plan)}）"
    yield "结论：最优，证明成立" if verdict.holds else "结论：证明不成立"


def _as_json(given: AssignmentFile, plan: Assignment, verdict: Verdict) -> dict[str, Any]:
    everybody = int(given.instance.people.sum())
    used = np.flatnonzero(plan.flow)
    rows = given.instance.rows()
    return {
        "holds": verdict.holds,
        "people": everybody,
        "covered": plan.covered,
        "left": everybody - plan.covered,
        "cost": _number(given.said(plan.walked)),
        "worst": _number(given.said(plan.worst)),
        "decimals": given.decimals,
        "rounded": given.rounded,
        "fair": plan.proof is not None and plan.proof.worst is not None,
        "proof": _proof_as_json(given, plan, verdict),
        "assignment": [
            {
                "demand": given.demands[rows[arc]],
                "shelter": given.shelters[given.instance.shelter[arc]],
                "people": int(plan.flow[arc]),
            }
            for arc in used
        ],
        "left_over": [
            {"demand": name, "people": people, "reason": reason}
            for name, people, reason in _left_over(given, plan)
        ],
    }


def _proof_as_json(given: AssignmentFile, plan: Assignment, verdict: Verdict) -> dict[str, Any]:
    proof = plan.proof
    assert proof is not None
    prices = {given.shelters[j]: _number(given.said(int(p))) for j, p in enumerate(proof.price)}
    told = {
        "fits": verdict.fits,
        "covers_most": verdict.covers_most,
        "walks_least": verdict.walks_least,
        "fair": verdict.fair,
        "barrier": _barrier_as_json(given, proof.most),
        "cover_bound": cover_bound(given.instance, proof.most),
        "prices": prices,
        "ceiling": _number(given.said(proof.ceiling)),
        "cost_bound": _number(_walk_bound(given, plan)),
    }
    if proof.below is not None:
        told["barrier_below_worst"] = _barrier_as_json(given, proof.below)
        told["cover_bound_below_worst"] = _bound_below(plan)
    return told


def _barrier_as_json(given: AssignmentFile, barrier: Barrier) -> dict[str, list[str]]:
    return {
        "demands": [given.demands[i] for i in np.flatnonzero(barrier.demands)],
        "shelters": [given.shelters[j] for j in np.flatnonzero(barrier.shelters)],
    }


def _left_over(given: AssignmentFile, plan: Assignment) -> Iterator[tuple[str, int, str]]:
    left, reasons = plan.left, plan.reasons()
    for i in np.flatnonzero(left):
        yield given.demands[i], int(left[i]), REASONS[Reason(reasons[i])]


def _walk_bound(given: AssignmentFile, plan: Assignment) -> Decimal:
    proof = plan.proof
    assert proof is not None
    it = given.instance
    usable = it if proof.worst is None else it.keep(it.cost <= proof.worst)
    left = int(it.people.sum()) - plan.covered
    bound = walk_bound(usable, proof.price, proof.ceiling, left)
    return Decimal("NaN") if bound is None else given.said(bound)


def _bound_below(plan: Assignment) -> int | None:
    proof, it = plan.proof, plan.instance
    assert proof is not None and proof.below is not None
    return cover_bound(it.keep(it.cost < (proof.worst or 0)), proof.below)


def _barrier_words(given: AssignmentFile, plan: Assignment) -> str:
    assert plan.proof is not None
    barrier, it = plan.proof.most, given.instance
    if not barrier.demands.any():
        return "人人有位"
    people, places = it.people[barrier.demands].sum(), it.places[barrier.shelters].sum()
    return (
        f"{barrier.demands.sum()} 处 {people} 人只能到 {barrier.shelters.sum()} 个工程，"
        f"共 {places} 个位置；上界 {cover_bound(it, barrier)}"
    )


def _below_words(given: AssignmentFile, plan: Assignment) -> str:
    return f"只走比 {_plain(given.said(plan.worst))} 短的路，至多安置 {_bound_below(plan)} 人"


def _word(holds: bool) -> str:
    return "成立" if holds else "不成立"


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _say_problem(problem: Problem, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"holds": False, "problem": problem.as_json()}, ensure_ascii=False))
        return
    print(f"{problem.number} {problem.what}", file=sys.stderr)
    for place, fault in problem.fields.items():
        print(f"  {place}：{fault}", file=sys.stderr)
    print(f"{problem.safe}{problem.todo}", file=sys.stderr)
