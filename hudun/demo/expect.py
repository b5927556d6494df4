"""Which verdict each fault calls for, per signal, without asking the machines that give verdicts.

Read off docs/terminal.md (what each fault does) and docs/soundings.md (what each verdict means).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from hudun.terminal.fleet.faults import Fault
from hudun.wire.signals import Pattern

ACCURATE_S = 1.0
ENOUGH = 0.9  # of a signal's sound, proved, is a finished signal
BOOT_S = 5.0  # a terminal that has just got its power back
NOTICED_S = 3.0  # sound by itself for so long is reported; for less than half of it, it is not
LATE_STARTS_S = (0.0, 10.0, 20.0, 30.0)  # how long after the power all terminals run


@dataclass(frozen=True)
class Signal:
    """One signal of the programme; it starts ``at`` seconds after the sounding's start."""

    at: float
    pattern: Pattern

    @property
    def sound_end(self) -> float:
        return self.at + self.pattern.sound_seconds


@dataclass(frozen=True)
class Expected:
    """More than one verdict only where the fault file itself leaves it open."""

    verdicts: frozenset[str]
    accurate: bool | None  # None: not foretold

    def agrees(self, verdict: str, accurate: bool) -> bool:
        return verdict in self.verdicts and self.accurate in (None, accurate)


@dataclass(frozen=True)
class Times:
    """``notice_s``: how long before the start the order reaches the sirens. ``awake_s``: since when
    before the start all have power again. ``patience_s``: how long after the last signal the office
    goes on listening."""

    notice_s: float
    patience_s: float
    awake_s: float = inf


FINISHED, INTERRUPTED, SILENT = "finished", "interrupted", "silent"
UNPROVED, UNREACHABLE, REFUSED = "unproved", "unreachable", "refused"


def expect(faults: Collection[Fault], programme: Sequence[Signal], times: Times) -> list[Expected]:
    """What one siren with these faults earns, signal by signal."""
    named = {fault.name: fault for fault in faults}
    return [_of_signal(named, programme, one, times) for one in programme]


def must_be_noticed(faults: Collection[Fault], programme: Sequence[Signal], times: Times) -> bool:
    """Whether the siren surely sounds by itself where the office hears of it: while no signal is
    due, long enough, with power, evidence and a line."""
    named = {fault.name: fault for fault in faults}
    own = named.get("sounds_by_itself")
    if own is None or named.keys() & {"offline", "no_evidence", "reboot"}:
        return False
    off = _clock_off(named)
    if own.signal is not None:
        return off < times.notice_s and _is_heard(_span(own, programme), programme, times, off)
    begins = [own.at - times.awake_s + off + late for late in LATE_STARTS_S]
    return all(_is_heard((at, at + own.duration), programme, times, off) for at in begins)


def _of_signal(
    named: Mapping[str, Fault],
    programme: Sequence[Signal],
    signal: Signal,
    times: Times,
) -> Expected:
    off = _clock_off(named)
    if "offline" in named:
        return _sure(UNREACHABLE)
    if off >= times.notice_s:
        return _sure(REFUSED)
    if -off > times.patience_s or off - times.awake_s >= signal.sound_end:
        return _sure(SILENT)
    if off - times.awake_s > signal.at - BOOT_S:
        return _open({FINISHED, INTERRUPTED, SILENT, UNPROVED})
    played = _played(named, programme, signal)
    if "no_evidence" in named:
        return _sure(UNPROVED) if played == {FINISHED} else _open(played)
    if "dead_amplifier" in named:
        return _sure(SILENT)
    return Expected(frozenset(played), _accurate(named, programme, signal, played, off))


def _played(named: Mapping[str, Fault], programme: Sequence[Signal], signal: Signal) -> set[str]:
    """What a power cut leaves of a signal; the terminal goes on where it should be."""
    if "reboot" not in named:
        return {FINISHED}
    begin, end = _span(named["reboot"], programme)
    if end <= signal.at or begin >= signal.sound_end:
        return {FINISHED}
    if begin <= signal.at and end >= signal.sound_end:
        return {SILENT}
    lost = signal.pattern.on_within(begin - signal.at, end - signal.at)
    if lost == 0:
        return {FINISHED}
    most = (1 - ENOUGH) * signal.pattern.on_seconds
    return {INTERRUPTED} if lost > most else {INTERRUPTED, FINISHED}


def _accurate(
    named: Mapping[str, Fault],
    programme: Sequence[Signal],
    signal: Signal,
    played: set[str],
    off: float,
) -> bool | None:
    if played != {FINISHED}:
        return None if FINISHED in played else False
    if named.keys() & {"slow", "reboot"} or _disturbed(named, programme, signal):
        return None
    return abs(off) <= ACCURATE_S if abs(abs(off) - ACCURATE_S) > 0.1 else None


def _disturbed(named: Mapping[str, Fault], programme: Sequence[Signal], signal: Signal) -> bool:
    """Sound of its own before, in or after a signal blurs when the signal began and ended."""
    if "sounds_by_itself" not in named:
        return False
    own = named["sounds_by_itself"]
    if own.signal is None:
        return False
    begin, end = _span(own, programme)
    return begin <= signal.sound_end + ACCURATE_S and end >= signal.at - ACCURATE_S


def _span(fault: Fault, programme: Sequence[Signal]) -> tuple[float, float]:
    position = min(fault.signal or 0, len(programme) - 1)
    begin = programme[position].at + fault.at
    return begin, begin + fault.duration


def _clock_off(named: Mapping[str, Fault]) -> float:
    return named["clock_off"].seconds if "clock_off" in named else 0.0


def _is_heard(
    span: tuple[float, float], programme: Sequence[Signal], times: Times, off: float
) -> bool:
    """By the siren's own clock: a stretch outside the signals, while the office listens."""
    first, last = off - times.awake_s, off + programme[-1].sound_end + times.patience_s / 2
    begin, end = max(span[0], first), min(span[1], last)
    return any(stop - start >= NOTICED_S for start, stop in _outside(begin, end, programme))


def _outside(
    begin: float, end: float, programme: Sequence[Signal]
) -> Iterator[tuple[float, float]]:
    for signal in programme:
        yield begin, min(end, signal.at)
        begin = max(begin, signal.sound_end)
    yield begin, end


def _sure(verdict: str) -> Expected:
    return Expected(frozenset({verdict}), verdict == FINISHED)


def _open(verdicts: set[str]) -> Expected:
    return Expected(frozenset(verdicts), None)
