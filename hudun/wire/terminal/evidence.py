"""From what the driver proves to receipts: sounding, finished, and what else can happen."""

from __future__ import annotations

from dataclasses import replace

from hudun.wire.frames import Evidence, Mode, State
from hudun.wire.terminal.receipts import tell
from hudun.wire.terminal.schedule import (
    all_due,
    closing_at,
    due,
    may_act,
    plays,
    signal_start,
)
from hudun.wire.terminal.types import (
    Accepted,
    DriverSeen,
    Progress,
    Seen,
    Turn,
    Unsolicited,
)

ENOUGH = 0.9  # of the signal's sound, proved, is a finished signal
SAVE_EVERY_S = 15.0  # progress kept against a power cut; more often would wear the memory out


def driver_seen(turn: Turn, event: DriverSeen) -> None:
    if event.kind is Evidence.SELF_TEST:
        _self_test(turn, bool(event.on))
        return
    _credit(turn, event)
    _begin(turn, event)
    _watch_unsolicited(turn, event)
    turn.update(seen=Seen(event.on, event.kind, turn.now))


def close_due(turn: Turn) -> None:
    """Give every signal whose time is over its last receipt."""
    for accepted in turn.state.orders.values():
        for position, progress in enumerate(accepted.signals):
            if progress.closed is None and _is_over(turn, accepted, position):
                close(turn, accepted.key, position)


def close(turn: Turn, key: tuple[int, int], position: int, at: float | None = None) -> None:
    """Close one signal by its evidence; ``at``: when it was cut short."""
    accepted = turn.state.orders[key]
    progress = accepted.signals[position]
    state = State.INTERRUPTED if at is not None else _ending(turn, accepted, position)
    ended = progress.ended if at is None else at
    if ended is None:
        ended = turn.now
    _put(turn, key, position, replace(progress, closed=state))
    silent = accepted.order.mode is Mode.SILENT
    tell(
        turn, *key, state, signal=position, at=ended,
        evidence=Evidence.SELF_TEST if silent else progress.kind,
        amount=0 if silent else round(progress.proved * 1000),
    )  # fmt: skip


def unsolicited_due(turn: Turn) -> None:
    found = turn.state.unsolicited
    if found and not found.told and turn.now - found.since > turn.provision.unsolicited_after_s:
        turn.update(unsolicited=Unsolicited(found.since, told=True))
        kind = turn.state.seen.kind if turn.state.seen else Evidence.NONE
        tell(turn, turn.provision.home, 0, State.UNSOLICITED, at=found.since, evidence=kind)


def _ending(turn: Turn, accepted: Accepted, position: int) -> State:
    progress = accepted.signals[position]
    if accepted.order.mode is Mode.SILENT:
        return _silent_ending(progress.self_test)
    pattern = turn.provision.patterns[accepted.order.programme[position][0]]
    if progress.proved >= ENOUGH * pattern.on_seconds:
        return State.FINISHED
    if progress.started is not None or progress.proved > 0:
        return State.INTERRUPTED
    if progress.kind is Evidence.NONE:
        return _unproved_ending(turn, accepted, position)
    return State.SILENT


def _silent_ending(self_test: bool | None) -> State:
    if self_test is None:
        return State.UNPROVED
    return State.FINISHED if self_test else State.SILENT


def _unproved_ending(turn: Turn, accepted: Accepted, position: int) -> State:
    """Without any evidence: a program that was not running certainly made no sound."""
    ran_through = turn.state.booted_at <= signal_start(accepted, position)
    if ran_through and may_act(accepted, turn.state):
        return State.UNPROVED
    return State.INTERRUPTED if accepted.signals[position].unseen else State.SILENT


def _is_over(turn: Turn, accepted: Accepted, position: int) -> bool:
    if accepted.suspended:
        return False
    if not plays(accepted, position, turn.state):
        return True
    return turn.now >= closing_at(accepted, position, turn.provision)


def _self_test(turn: Turn, passed: bool) -> None:
    playing = due(turn.state, turn.now, turn.provision)
    if playing and playing[0].order.mode is Mode.SILENT:
        accepted, position = playing
        progress = accepted.signals[position]
        held = passed and progress.self_test is not False
        _put(turn, accepted.key, position, replace(progress, self_test=held))


def _credit(turn: Turn, event: DriverSeen) -> None:
    """Sound seen last time and not longer ago than the gap has lasted until now."""
    before = turn.state.seen
    if before is None or not before.on or turn.now <= before.at:
        return
    if turn.now - before.at > turn.provision.evidence_gap_s:
        return
    playing = due(turn.state, before.at, turn.provision)
    if playing is None or playing[0].order.mode is Mode.SILENT:
        return
    accepted, position = playing
    start = signal_start(accepted, position)
    pattern = turn.provision.patterns[accepted.order.programme[position][0]]
    progress = accepted.signals[position]
    proved = progress.proved + pattern.on_within(before.at - start, turn.now - start)
    ended = before.at if event.on is None else turn.now
    _put(turn, accepted.key, position, replace(progress, proved=proved, ended=ended))


def _begin(turn: Turn, event: DriverSeen) -> None:
    if event.on is None:
        _follow_unseen(turn)
        return
    for displaced, position in all_due(turn.state, turn.now, turn.provision):
        measured = replace(displaced.signals[position], kind=event.kind)
        _put(turn, displaced.key, position, measured)
    playing = due(turn.state, turn.now, turn.provision)
    if not event.on or playing is None or playing[0].order.mode is Mode.SILENT:
        return
    accepted, position = playing
    progress = accepted.signals[position]
    if progress.started is not None:
        return
    started = _since(turn, signal_start(accepted, position))
    _put(turn, accepted.key, position, replace(progress, started=started))
    turn.changed_orders.add(accepted.key)
    tell(turn, *accepted.key, State.SOUNDING, signal=position, at=started, evidence=event.kind)


def _follow_unseen(turn: Turn) -> None:
    playing = due(turn.state, turn.now, turn.provision)
    if playing and not playing[0].signals[playing[1]].unseen:
        accepted, position = playing
        _put(turn, accepted.key, position, replace(accepted.signals[position], unseen=True))
        turn.changed_orders.add(accepted.key)


def _since(turn: Turn, start: float) -> float:
    """When the sound began: now, or earlier where it was seen on before the signal was due."""
    before = turn.state.seen
    if before and before.on and turn.now - before.at <= turn.provision.evidence_gap_s:
        return max(start, before.at)
    return turn.now


def _watch_unsolicited(turn: Turn, event: DriverSeen) -> None:
    found = turn.state.unsolicited
    if event.on and not _sound_is_due(turn):
        if found is None:
            turn.update(unsolicited=Unsolicited(turn.now))
        unsolicited_due(turn)
    elif found is not None and event.on is not None:
        turn.update(unsolicited=None)
        if found.told:
            tell(turn, turn.provision.home, 0, State.QUIET, evidence=event.kind)


def _sound_is_due(turn: Turn) -> bool:
    playing = due(turn.state, turn.now, turn.provision)
    return playing is not None and playing[0].order.mode is not Mode.SILENT


def _put(turn: Turn, key: tuple[int, int], position: int, progress: Progress) -> None:
    accepted = turn.state.orders[key]
    before = accepted.signals[position]
    if progress == before:
        return
    signals = (*accepted.signals[:position], progress, *accepted.signals[position + 1 :])
    saved_at = accepted.saved_at
    if progress.closed is not before.closed or turn.now - saved_at >= SAVE_EVERY_S:
        saved_at = turn.now
        turn.changed_orders.add(key)
    turn.put_order(replace(accepted.with_signals(signals), saved_at=saved_at))
