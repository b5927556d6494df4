"""Verdicts given, and an order closed when the last one is."""

from __future__ import annotations

from collections.abc import Iterable

from hudun.wire.office.judge import facts, judge
from hudun.wire.office.types import (
    Effect,
    OfficeState,
    OrderWatch,
    SaveClosed,
    SaveVerdict,
)


def rule(
    state: OfficeState, watch: OrderWatch, siren: int, positions: Iterable[int], now: float
) -> list[Effect]:
    """Judge signals of one siren anew; a verdict that changes is given again, late."""
    if watch.release_frame is None:
        return []
    effects: list[Effect] = []
    siren_watch = watch.sirens[siren]
    heard_at = state.heard.get(siren, 0.0)
    received = state.received.get(siren)
    gap = bool(received and received.ahead)
    for position in positions:
        before = siren_watch.verdicts[position]
        pattern = state.patterns[watch.order.programme[position][0]]
        waited_from = state.listening_from if before is None else 0.0
        known = facts(watch, siren_watch, position, pattern, heard_at, gap, waited_from)
        verdict = judge(known, now)
        if verdict is None or verdict == before:
            continue
        siren_watch.verdicts[position] = verdict
        late = before is not None
        effects.append(SaveVerdict(watch.order.counter, siren, position, verdict, now, late))
        if not late:
            effects += _count_down(watch, now)
    return effects


def rule_overdue(state: OfficeState, watch: OrderWatch, now: float) -> list[Effect]:
    """Close what has no verdict and no time left. A verdict given changes by a receipt only."""
    return [effect for siren in watch.sirens for effect in rule_open(state, watch, siren, now)]


def rule_open(state: OfficeState, watch: OrderWatch, siren: int, now: float) -> list[Effect]:
    """Judge those signals of one siren that have no verdict."""
    verdicts = watch.sirens[siren].verdicts
    still_open = [position for position, verdict in enumerate(verdicts) if verdict is None]
    return rule(state, watch, siren, still_open, now)


def _count_down(watch: OrderWatch, now: float) -> list[Effect]:
    watch.open_verdicts -= 1
    return [] if watch.open_verdicts else [SaveClosed(watch.order.counter, now)]
