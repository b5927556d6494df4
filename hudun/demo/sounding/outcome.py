"""What came of a sounding, siren by siren, held against what its faults call for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from hudun.affairs.soundings.models import Alert, Order, Plan, Receipt, Verdict
from hudun.demo.expect import Expected, Signal, Times, expect, must_be_noticed
from hudun.terminal.fleet.faults import Fault
from hudun.wire.frames import State
from hudun.wire.office import Verdict as Word

Row = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """``wrong`` names every verdict that is not the one its faults call for."""

    sirens: list[Row]
    alerts: list[Row]
    wrong: list[str]

    @property
    def agrees(self) -> bool:
        return not self.wrong


def outcome(
    plan: Plan,
    orders: Collection[Order],
    faults: Collection[Fault],
    *,
    awake_s: float,
    patience_s: float,
) -> Outcome:
    by_siren: dict[int, list[Fault]] = defaultdict(list)
    for fault in faults:
        by_siren[fault.siren].append(fault)
    verdicts, receipts = _verdicts(orders), _receipts(orders)
    programme = [Signal(at, plan.signals[name]) for name, at in plan.programme]
    released = max(order.released_at for order in orders if order.released_at)
    times = Times((plan.start - released).total_seconds(), patience_s, awake_s)
    rows, wrong = [], []
    for number in sorted(verdicts):
        expected = expect(by_siren[number], programme, times)
        row, faulty = _siren(number, by_siren[number], expected, verdicts[number])
        rows.append({**row, "receipts": receipts[number]})
        wrong += faulty
    alerts = _alerts(plan)
    ought = {one for one in verdicts if must_be_noticed(by_siren[one], programme, times)}
    return Outcome(rows, alerts, wrong + _unheard(ought, faults, alerts))


def _siren(
    number: int, faults: list[Fault], expected: list[Expected], verdicts: Mapping[int, Verdict]
) -> tuple[Row, list[str]]:
    signals, wrong = [], []
    for position, one in enumerate(expected):
        given = verdicts.get(position)
        signals.append(_signal(position, one, given))
        if given is None or not one.agrees(_word(given), given.accurate):
            found = _found(given)
            wanted = "或".join(sorted(one.verdicts))
            wrong.append(f"{number} 号第 {position + 1} 个信号：应为 {wanted}，实为 {found}")
    row = {
        "siren": number,
        "faults": [fault.to_json() for fault in faults],
        "signals": signals,
        "agrees": not wrong,
    }
    return row, wrong


def _signal(position: int, expected: Expected, given: Verdict | None) -> Row:
    row: Row = {"position": position, "expected": sorted(expected.verdicts)}
    if given is None:
        return {**row, "verdict": None}
    return {
        **row,
        "verdict": _word(given),
        "reason": given.reason,
        "accurate": given.accurate,
        "start_error_ms": given.start_error_ms,
        "duration_ms": given.duration_ms,
        "late": given.late,
    }


def _found(given: Verdict | None) -> str:
    if given is None:
        return "无结论"
    return f"{_word(given)}（{given.reason}，{'准确' if given.accurate else '不准确'}）"


def _word(given: Verdict) -> str:
    return Word(given.verdict).name.lower()


def _verdicts(orders: Collection[Order]) -> dict[int, dict[int, Verdict]]:
    """By siren and position in the plan: the orders of a plan follow one another."""
    found: dict[int, dict[int, Verdict]] = {}
    first = 0
    for order in sorted(orders, key=lambda one: one.part):
        for siren in order.sirens.filter(by_hand=False):
            found.setdefault(siren.number, {})
        for verdict in Verdict.objects.filter(order=order):
            found[verdict.siren][first + verdict.position] = verdict
        first += len(order.steps)
    return found


def _receipts(orders: Collection[Order]) -> dict[int, list[Row]]:
    counters = [order.counter for order in orders]
    office = next(iter(orders)).issuer.number
    rows = Receipt.objects.filter(office=office).order_by("siren", "number")
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.counter in counters or row.counter == 0:
            found[row.siren].append(_receipt(row))
    return found


def _receipt(row: Receipt) -> Row:
    return {
        "number": row.number,
        "state": State(row.state).name.lower(),
        "signal": row.position,
        "at_ms": row.at_ms,
        "evidence": row.evidence,
        "amount": row.amount,
        "frame": bytes(row.frame).hex(),
    }


def _alerts(plan: Plan) -> list[Row]:
    rows = Alert.objects.filter(organ__path__startswith=plan.organ.path).order_by("began_at")
    return [{"siren": row.number, "kind": row.kind, "at": row.began_at.isoformat()} for row in rows]


def _unheard(ought: set[int], faults: Collection[Fault], alerts: list[Row]) -> list[str]:
    """Every siren that sounded by itself must have been noticed, and no other."""
    may = {fault.siren for fault in faults if fault.name == "sounds_by_itself"}
    told = {row["siren"] for row in alerts if row["kind"] == "unsolicited"}
    missed = [f"{number} 号自行鸣响，未报警" for number in sorted(ought - told)]
    return missed + [f"{number} 号误报自行鸣响" for number in sorted(told - may)]
