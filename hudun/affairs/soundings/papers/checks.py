"""Totals against their parts, before a report leaves."""

from collections.abc import Iterator

from django.db.models import Count, Q

from hudun.affairs.soundings.models import OrderSiren, Verdict
from hudun.affairs.soundings.rates import Outcome, Tally
from hudun.affairs.soundings.result import Result
from hudun.affairs.soundings.result.load import OUTCOMES
from hudun.core.error import Problem
from hudun.core.paper.prepare import blocks_of
from hudun.core.paper.tree import Paper, Table, plain

from .figures import street_bars
from .shortfall import wanting
from .tables import TOTAL


def check(result: Result, paper: Paper) -> None:
    """Problem 422.60 names every sum that does not come out."""
    wrong = [*differences(result), *wrong_sums(paper)]
    if wrong:
        raise Problem("422.60", reason="；".join(wrong))


def differences(result: Result) -> Iterator[str]:
    yield from _parts_of("全场", result.whole)
    for signal, tally in zip(result.signals, result.by_signal, strict=True):
        yield from _parts_of(signal.label, tally)
        for what, over_all, of_one in (
            ("鸣响", result.whole.sounded, tally.sounded),
            ("准确", result.whole.accurate, tally.accurate),
            ("统控", result.whole.central, tally.central),
        ):
            if not over_all <= of_one:
                yield f"全场{what}的警报器在{signal.label}中没有{what}"
    yield from _unequal("逐台表", len(result.rows), "应鸣", len(result.whole.ordered))
    missing = len(result.whole.ordered) - len(result.whole.accurate)
    yield from _unequal("原因表", len(wanting(result)), "应鸣减准确", missing)
    bars = street_bars(result)
    yield from _unequal("各街道应鸣", sum(b.whole for b in bars), "应鸣", len(result.rows))
    heard = len(result.whole.sounded)
    yield from _unequal("各街道鸣响", sum(bar.part for bar in bars), "按令鸣响", heard)


def _parts_of(label: str, tally: Tally) -> Iterator[str]:
    parts = (tally.central, tally.by_hand, tally.unproved, tally.failed, tally.pending)
    total = len(tally.ordered)
    yield from _unequal(f"{label}各类", sum(map(len, parts)), "应鸣", total)
    if not tally.accurate <= tally.central:
        yield f"{label}准确的多于统控鸣响的"


def _unequal(left: str, part: int, right: str, whole: int) -> Iterator[str]:
    if part != whole:
        yield f"{left}{part}台，{right}{whole}台"


def wrong_sums(paper: Paper) -> Iterator[str]:
    """What is printed: columns of figures above a 合计 row add up to it."""
    for table in blocks_of(paper):
        if not isinstance(table, Table) or not table.rows or plain(table.rows[-1][0]) != TOTAL:
            continue
        columns = zip(*([plain(cell) for cell in row] for row in table.rows), strict=True)
        for column, (*parts, total) in zip(table.columns, columns, strict=True):
            if total.isdigit() and sum(map(int, parts)) != int(total):
                yield f"表“{table.caption}”的{column.title}"


def recount(result: Result) -> Iterator[str]:
    """The database counted anew, another way: what came or changed since the result was read."""
    asked = OrderSiren.objects.filter(order__in=result.orders)
    numbers = asked.values("number").distinct().count()
    yield from _unequal("受令", numbers, "应鸣", len(result.rows))
    verdicts = Verdict.objects.filter(order__in=result.orders)
    stored = verdicts.aggregate(
        accurate=Count("pk", filter=Q(accurate=True)),
        **{word.name: Count("pk", filter=Q(verdict=word.value)) for word in OUTCOMES},
    )
    held = [one.verdict for row in result.rows for one in row.signals if one.verdict]
    for word in OUTCOMES:
        mine = sum(verdict.verdict == word.value for verdict in held)
        if stored[word.name] != mine:
            yield f"结论“{word.name}”{stored[word.name]}项，报告按{mine}项"
    accurate = sum(verdict.accurate for verdict in held)
    if stored["accurate"] != accurate:
        yield f"准确的结论{stored['accurate']}项，报告按{accurate}项"


def unfinished(result: Result) -> str:
    """Why a report cannot be made yet; empty when it can."""
    if not result.orders:
        return "没有发出过命令"
    waiting = sum(one.outcome is Outcome.PENDING for row in result.rows for one in row.signals)
    if waiting:
        return f"还有{waiting}项结论没有收齐"
    return "" if result.settled else "命令还没有办结"
