"""The plan as tables whose totals agree to the person: who goes where, who is left, per shelter,
per community."""

from __future__ import annotations

from typing import Any

import numpy as np

from hudun.engines.clearance.queue import curve
from hudun.engines.sheltering.assign import Reason
from hudun.engines.sheltering.network import Ints, Nodes

from .ground import off_streets
from .plan import Result
from .points import Points

REASONS = {
    Reason.CUT_OFF: "道路不通",
    Reason.NONE_IN_REACH: "范围内没有工程",
    Reason.FULL: "范围内工程已满",
}
NOWHERE = "（未注明社区）"
Row = dict[str, Any]


def assignment(result: Result) -> list[Row]:
    ground, plan = result.ground, result.plan
    rows, unit = plan.instance.rows()[result.used], plan.instance.unit
    last = _last(result, result.group_arc, len(result.used))
    return [
        {
            "demand": ground.people.id[rows[k]],
            "community": ground.people.community[rows[k]] or NOWHERE,
            "shelter": ground.shelters.id[plan.instance.shelter[arc]],
            "people": int(plan.flow[arc]),
            "metres": round(float(plan.instance.cost[arc]) * unit, 1),
            "inside_min": round(float(last[k]) / 60, 1),
        }
        for k, arc in enumerate(result.used)
    ]


def gaps(result: Result) -> list[Row]:
    people, left = result.ground.people, result.plan.left
    return [
        {
            "demand": people.id[i],
            "community": people.community[i] or NOWHERE,
            "people": int(left[i]),
            "reason": REASONS[Reason(result.reasons[i])],
            "lon": people.places[i][0],
            "lat": people.places[i][1],
        }
        for i in np.flatnonzero(left)
    ]


def shelters(result: Result) -> list[Row]:
    given, load = result.ground.shelters, result.plan.load
    last = _last(result, result.ground.owner[result.groups.door], len(given.id))
    return [
        {
            "shelter": name,
            "places": given.numbers[j],
            "people": int(load[j]),
            "free": given.numbers[j] - int(load[j]),
            "last_inside_min": round(float(last[j]) / 60, 1),
            "lon": given.places[j][0],
            "lat": given.places[j][1],
        }
        for j, name in enumerate(given.id)
    ]


def communities(result: Result) -> list[Row]:
    people, plan = result.ground.people, result.plan
    names, group = np.unique([name or NOWHERE for name in people.community], return_inverse=True)
    count = len(names)
    by_reason = {
        reason: _sum(group, np.where(result.reasons == reason, plan.left, 0), count)
        for reason in REASONS
    }
    rows = plan.instance.rows()
    metres = _sum(group[rows], plan.flow * plan.instance.cost, count) * plan.instance.unit
    last = _last(result, group[rows[result.used]][result.group_arc], count)
    total, inside = _sum(group, people.number, count), _sum(group, plan.inside, count)
    frail = _sum(group, np.array(people.vulnerables, np.int64), count)
    return [
        {
            "community": str(name),
            "people": int(total[k]),
            "vulnerable": int(frail[k]),
            "covered": int(inside[k]),
            **{word: int(by_reason[reason][k]) for reason, word in REASONS.items()},
            "mean_m": round(float(metres[k]) / max(1, int(inside[k])), 1),
            "last_inside_min": round(float(last[k]) / 60, 1),
        }
        for k, name in enumerate(names)
    ]


def summary(result: Result) -> Row:
    ground, plan = result.ground, result.plan
    inside = result.times.inside
    told = {
        "people": int(ground.people.number.sum()),
        "covered": plan.covered,
        "left": int(plan.left.sum()),
        **{
            word: int(plan.left[result.reasons == reason].sum()) for reason, word in REASONS.items()
        },
        "places": int(ground.shelters.number.sum()),
        "shelters": len(ground.shelters.id),
        "mean_m": round(plan.walked * plan.instance.unit / max(1, plan.covered), 1),
        "worst_m": round(plan.worst * plan.instance.unit, 1),
        "split": len(plan.split),
        "proved": result.proved,
        "last_inside_min": round(float(inside.max(initial=0)) / 60, 1),
        "inside_by_minute": curve(inside, result.groups.people, 60).tolist(),
        "unused_rows": ground.people.faults + ground.shelters.faults,
        "off_network": _off_network(ground.people, ground.home),
        "shelters_off_network": _off_network(ground.shelters, off_streets(ground)),
        "streets": _streets(result),
    }
    told["reconciled"] = reconciled(result, told)
    return told


def reconciled(result: Result, told: Row) -> bool:
    """Every total is the sum of its parts, to the person."""
    total, covered, left = told["people"], told["covered"], told["left"]
    per_community = communities(result)
    return bool(
        total == covered + left
        and left == sum(told[word] for word in REASONS.values())
        and left == sum(row["people"] for row in gaps(result))
        and covered == sum(row["people"] for row in assignment(result))
        and covered == sum(row["people"] for row in shelters(result))
        and covered == sum(row["covered"] for row in per_community)
        and total == sum(row["people"] for row in per_community)
        and covered == int(result.groups.people.sum())
    )


def _streets(result: Result) -> Row:
    report = result.ground.streets.report
    return {
        "nodes": len(result.ground.streets.ids),
        "edges": len(result.ground.streets.a),
        "components": report.components,
        "off_main": report.off_main,
        "broken": report.broken,
        "faults": [f"{fault.where}: {fault.reason}" for fault in report.faults],
    }


def _off_network(points: Points, node: Nodes) -> list[str]:
    """Rows that stand near no street, or name a node that does not exist."""
    return [f"{points.id[i]}：{points.numbers[i]}" for i in np.flatnonzero(node < 0)]


def _sum(group: Ints, values: Ints, count: int) -> Ints:
    total = np.zeros(count, np.int64)
    np.add.at(total, group, values)
    return total


def _last(result: Result, key: Any, count: int) -> Any:
    """Seconds until the last of each key is inside, 0 where there is nobody."""
    last = np.zeros(count)
    np.maximum.at(last, key, result.times.inside)
    return last
