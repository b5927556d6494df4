"""What was wanting at a siren, in words."""

from collections import defaultdict
from collections.abc import Sequence

from hudun.affairs.soundings.rates import Outcome
from hudun.wire.office.judge import TOLERANCE_MS

from .nouns import SignalAt, SignalResult


def reason(signals: Sequence[SignalAt], results: Sequence[SignalResult], note: str = "") -> str:
    """“预先、空袭：无任何回音；解除：…”; without the names where one reason covers all.

    ``note`` is what people wrote of a start by hand."""
    labels: defaultdict[str, list[str]] = defaultdict(list)
    for signal, one in zip(signals, results, strict=True):
        if said := phrase(signal, one):
            labels[said].append(signal.label)
    if len(labels) == 1 and len(next(iter(labels.values()))) == len(signals):
        parts = list(labels)
    else:
        parts = [f"{'、'.join(names)}：{said}" for said, names in labels.items()]
    return "；".join([*parts, note] if note else parts)


def phrase(signal: SignalAt, result: SignalResult) -> str:
    verdict = result.verdict
    match result.outcome:
        case Outcome.FINISHED:
            return "" if result.accurate else deviation(signal, result)
        case Outcome.BY_HAND:
            return f"手动鸣放（终端：{verdict.reason}）" if verdict else "手动鸣放"
        case Outcome.UNREPORTED:
            return "无终端，没有手动鸣放的登记"
        case Outcome.PENDING:
            return "结论未出"
    return verdict.reason if verdict else ""


def deviation(signal: SignalAt, result: SignalResult) -> str:
    """How far a siren that sounded was off."""
    verdict = result.verdict
    if verdict is None or verdict.start_error_ms is None or verdict.duration_ms is None:
        return "没有起止时间的记录"
    if verdict.uncertainty_ms is None:
        return "终端时差未测得，不能证明时间准确"
    start = verdict.start_error_ms
    longer = verdict.duration_ms - signal.pattern.sound_seconds * 1000
    parts = [
        f"起始{'晚' if start > 0 else '早'}{seconds(start)}秒" if abs(start) > TOLERANCE_MS else "",
        f"时长{'多' if longer > 0 else '少'}{seconds(longer)}秒"
        if abs(longer) > TOLERANCE_MS
        else "",
    ]
    return "，".join(part for part in parts if part) or "不准确"


def seconds(ms: int) -> str:
    """A size: one decimal, and two where one would hide that the limit is passed."""
    size = abs(ms) / 1000
    return f"{size:.1f}" if round(size, 1) > TOLERANCE_MS / 1000 else f"{size:.2f}"
