"""The lead paragraph with the numbers, and 基本情况."""

from collections.abc import Iterator

from hudun.affairs.soundings.models import Order
from hudun.affairs.soundings.rates import Ratio
from hudun.affairs.soundings.result import Result
from hudun.affairs.soundings.result.timeline import name_of, silence
from hudun.core import clock
from hudun.core.paper.numbering import percent
from hudun.core.paper.tree import Block, Lead, Paragraph, Run, number
from hudun.wire.frames import Mode

from .wording import (
    SHORT,
    WHAT,
    day,
    exact_time,
    joined,
    length,
    month_day,
    said_time,
    signal_with_times,
)

Words = list[str | Run]


def lead(result: Result) -> Lead:
    ends = said_time(result.ends_at)
    until = f"起（计划至{ends}）" if result.stopped else f"至{ends}"
    when = f"{day(result.starts_at)}{said_time(result.starts_at)}{until}"
    drill = "，结合组织演练" if result.plan and result.plan.drill else ""
    return Lead(
        [
            f"{when}，我办在{result.organ.name}组织了{WHAT[result.mode]}{drill}，共",
            number(len(result.signals), "#signals", "个"),
            "信号。",
            *_stopped(result),
            *_sounded(result),
            *_working(result),
            "现将有关情况报告如下。",
        ]
    )


def rate(ratio: Ratio, ref: str) -> Run:
    return Run(percent(ratio.numerator, ratio.denominator), ref)


def _sounded(result: Result) -> Words:
    whole = result.whole
    said: Words = [
        "应鸣警报器", number(len(whole.ordered), result.url("ordered"), "台"), "，按令鸣响",
        number(len(whole.sounded), result.url("sounded"), "台"), "，鸣响率",
        rate(whole.sounding_rate, result.url("not-sounded")), "；信号、起始和时长均准确",
        number(len(whole.accurate), result.url("accurate"), "台"), "，准确率",
        rate(whole.accuracy_rate, result.url("not-accurate")), "；统控鸣响",
        number(len(whole.central), result.url("controlled"), "台"), "，统控率",
        rate(whole.control_rate, result.url("not-controlled")), "。",
    ]  # fmt: skip
    if whole.by_hand:
        said += [
            "按令鸣响中手动鸣响",
            number(len(whole.by_hand), result.url("by-hand"), "台"),
            "。",
        ]
    if whole.unproved:
        said += [
            "另有无鸣响证明的", number(len(whole.unproved), result.url("unproved"), "台"),
            "，不计入鸣响。",
        ]  # fmt: skip
    return said


def _working(result: Result) -> Words:
    value = result.working
    if not value.denominator or value.number is None:
        return []
    shown = percent(int(value.number), int(value.denominator))
    return [
        "登记在册警报器", number(value.denominator, value.url, "台"), "，完好",
        number(value.number, f"{value.url}?state=in_service", "台"), "，完好率",
        Run(shown, value.url), "。",
    ]  # fmt: skip


def _stopped(result: Result) -> Words:
    """What a reader must know before the rates: they are low because people stopped it."""
    said: Words = []
    for stop in result.stops:
        said += [
            f"{exact_time(stop.pressed_at)}按下停止（{stop.target_text}），",
            Run(silence(stop), result.url("timeline")), "。",
        ]  # fmt: skip
    if result.stopped:
        said += [*_before_stop(result), "停止后没有鸣放完的信号，下列各率均按未完成计。"]
    return said


def _before_stop(result: Result) -> Words:
    """The signals that were over by then."""
    stopped_at = min((stop.pressed_at for stop in result.stops), default=result.starts_at)
    said: Words = []
    for signal, tally in zip(result.signals, result.by_signal, strict=True):
        if signal.ends_at <= stopped_at:
            said += [
                f"停止前鸣放完的{signal.label}警报鸣响率",
                rate(tally.sounding_rate, result.url("not-sounded", signal)), "，准确率",
                rate(tally.accuracy_rate, result.url("not-accurate", signal)), "。",
            ]  # fmt: skip
    return said


def basics(result: Result) -> Iterator[Block]:
    yield Paragraph(_programme(result))
    yield Paragraph([*(run for order in result.orders for run in _order(order)), *_notice(result)])


def _programme(result: Result) -> Words:
    law = "根据《中华人民共和国人民防空法》第三十五条规定，" if result.mode is Mode.TRIAL else ""
    table = f"按“{result.plan.timetable['name']}”时间表" if result.plan else ""
    by_hand = sum(row.by_hand for row in result.rows)
    return [
        f"{law}本次{SHORT[result.mode]}{table}进行，范围为{result.target}，",
        *_streets(result), "应鸣警报器",
        number(len(result.rows), result.url("ordered"), "台"), "（遥控",
        number(len(result.rows) - by_hand, result.url("remote"), "台"), "、人工",
        number(by_hand, result.url("local"), "台"), "）。依次鸣放",
        joined([signal_with_times(signal) for signal in result.signals]),
        f"，全程{length(result.ends_at - result.starts_at)}。",
    ]  # fmt: skip


def _streets(result: Result) -> Words:
    streets = {row.siren.street for row in result.rows} - {""}
    return ["涉及", number(len(streets), "#sirens", "个"), "街道（乡镇），"] if streets else []


def _order(order: Order) -> Words:
    acts = [
        f"{person or '值班台'}于{month_day(at)}{said_time(at)}{verb}"
        for person, at, verb in (
            (order.signed_by, order.signed_at, "签发"),
            (order.released_by, order.released_at, "放行"),
        )
        if at is not None
    ]
    return [Run(name_of(order), f"/soundings/orders/{order.pk}/"), f"由{'、'.join(acts)}。"]


def _notice(result: Result) -> Words:
    plan = result.plan
    if plan is None or plan.notice_due is None:
        return []
    if plan.noticed_at is None:
        return ["没有发布公告。"]
    ahead = (plan.day - clock.beijing(plan.noticed_at).date()).days - 1
    return [
        f"{day(plan.noticed_at)}发布公告，距{SHORT[result.mode]}日",
        number(max(0, ahead), f"/soundings/plans/{plan.pk}/", "整日"), "。",
    ]  # fmt: skip
