"""The verdict of one signal at one siren, read from what is known: nothing else decides it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hudun.wire.frames import Evidence, Mode, Reason, Receipt, State
from hudun.wire.office.types import Judgement, OrderWatch, SirenWatch, Verdict, Why
from hudun.wire.signals import Pattern

GRACE_S = 60.0  # after a signal's end its receipt may take this long
TOLERANCE_MS = 1000
ENOUGH = 0.9

# A refusal for one of these reasons does not change by asking again.
FINAL_REASONS = frozenset(
    {Reason.EXPIRED, Reason.STOPPED, Reason.START_PASSED, Reason.LATE_RELEASE, Reason.REPLAY}
)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a verdict rests on. Times are seconds of the office's clock."""

    pattern: Pattern
    silent_mode: bool
    starts_at: float
    accepted: bool
    refused: Reason | None
    stopped: bool
    sounding: Receipt | None
    ended: Receipt | None
    gap: bool  # receipts numbered lower than one that is here are still on their way
    heard_at: float  # last fresh word of the siren, 0 = never
    released_at: float
    listening_from: float = 0.0

    @property
    def ends_at(self) -> float:
        return self.starts_at + self.pattern.seconds

    @property
    def deadline(self) -> float:
        return max(self.ends_at, self.listening_from) + GRACE_S


def facts(
    watch: OrderWatch, siren: SirenWatch, position: int, pattern: Pattern,
    heard_at: float, gap: bool, listening_from: float,
) -> Facts:  # fmt: skip
    said = siren.signals[position]
    return Facts(
        pattern, watch.order.mode is Mode.SILENT,
        watch.starts_at + watch.order.programme[position][1],
        siren.taken, _standing_refusal(siren), siren.stopped,
        said.sounding, said.ended, gap, heard_at, watch.released_at, listening_from,
    )  # fmt: skip


def judge(known: Facts, now: float) -> Judgement | None:
    """The verdict, or None while a word may still come."""
    late = now >= known.deadline
    if known.gap and not late:
        return None
    if known.ended is not None:
        return _by_receipt(known, known.ended)
    if known.stopped:
        return Judgement(Verdict.INTERRUPTED, Why.STOPPED)
    if known.refused is not None and (late or known.refused in FINAL_REASONS):
        return Judgement(Verdict.REFUSED, Why.REFUSED, known.refused)
    return _by_deadline(known) if late else None


def _by_deadline(known: Facts) -> Judgement:
    if known.sounding is not None:
        return Judgement(Verdict.INTERRUPTED, Why.LOST_WHILE_SOUNDING)
    if known.accepted:
        if known.heard_at > known.starts_at:
            return Judgement(Verdict.SILENT, Why.NOT_SOUNDED)
        return Judgement(Verdict.UNREACHABLE, Why.LOST_AFTER_ACCEPTING)
    if known.heard_at > known.released_at:
        return Judgement(Verdict.UNREACHABLE, Why.NOT_ACCEPTED)
    return Judgement(Verdict.UNREACHABLE, Why.NO_WORD)


def _by_receipt(known: Facts, ended: Receipt) -> Judgement:
    match ended.state:
        case State.FINISHED:
            return _finished(known, ended)
        case State.SILENT:
            return Judgement(Verdict.SILENT, Why.NO_SOUND)
        case State.UNPROVED:
            return Judgement(Verdict.UNPROVED, Why.NO_EVIDENCE)
    why = Why.STOPPED if known.stopped else Why.CUT_SHORT
    return _timed(Judgement(Verdict.INTERRUPTED, why), known, ended)


def _finished(known: Facts, ended: Receipt) -> Judgement:
    """``finished`` on evidence only: the office does not take a terminal's bare word for it."""
    if known.silent_mode:
        proved = ended.evidence == Evidence.SELF_TEST
        return _silent_finished() if proved else Judgement(Verdict.UNPROVED, Why.NO_EVIDENCE)
    if ended.evidence in (Evidence.NONE, Evidence.SELF_TEST):
        return Judgement(Verdict.UNPROVED, Why.NO_EVIDENCE)
    if ended.amount < ENOUGH * known.pattern.on_seconds * 1000:
        return _timed(Judgement(Verdict.INTERRUPTED, Why.CUT_SHORT), known, ended)
    finished = _timed(Judgement(Verdict.FINISHED, Why.AS_ORDERED), known, ended)
    return replace(finished, accurate=_accurate(known, finished))


def _silent_finished() -> Judgement:
    return Judgement(Verdict.FINISHED, Why.AS_ORDERED, accurate=True)


def _timed(judgement: Judgement, known: Facts, ended: Receipt) -> Judgement:
    began = known.sounding
    if began is None:
        return judgement
    return replace(
        judgement,
        start_error_ms=began.at_ms - round(known.starts_at * 1000),
        duration_ms=ended.at_ms - began.at_ms,
        uncertainty_ms=began.offset.uncertainty_ms if began.offset and ended.offset else None,
    )


def _accurate(known: Facts, judged: Judgement) -> bool:
    """Within a second, by office time: a terminal whose offset is unknown proves no time."""
    error, duration = judged.start_error_ms, judged.duration_ms
    if error is None or duration is None or judged.uncertainty_ms is None:
        return False
    wrong = duration - known.pattern.sound_seconds * 1000
    return abs(error) <= TOLERANCE_MS and abs(wrong) <= TOLERANCE_MS


def _standing_refusal(siren: SirenWatch) -> Reason | None:
    """A refusal counts until the order is accepted; afterwards only a lost clock undoes that."""
    refused = siren.refused
    if refused is None:
        return None
    try:
        reason = Reason(refused.evidence)
    except ValueError:
        reason = Reason.BAD_FRAME
    if not siren.taken:
        return reason
    lost = reason is Reason.NO_CLOCK and refused.number > siren.accepted
    return reason if lost else None
