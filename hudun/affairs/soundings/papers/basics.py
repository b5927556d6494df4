"""The lead paragraph with the numbers, and 基本情况."""

from collections.abc import Iterator

from hudun.affairs.soundings.models import Order
from hudun.affairs.soundings.rates import Ratio
from hudun.affairs.soundings.result import Result
from hudun.affairs.soundings.result.timeline import silence
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
    when = f"{day(result.starts_at)}{said_time(result.starts_at)}至{said_time(result.ends_at)}"
    drill = "，结合组织演练" if result.plan and result.plan.drill else ""
    return Lead(
        [
            f"{when}，我办在{result.organ.name}组织了{WHAT[result.mode]}{drill}，"
            f"共{len(result.signals)}个信号。",
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
        said += ["按令鸣响中手动鸣响", number(len(whole.by_hand), result.url("by-hand"), "台"), "。"]
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
    said: Words = [
        f"{exact_time(stop.pressed_at)}按下停止（{stop.target_text}），{silence(stop)}。"
        for stop in result.stops
    ]
    if result.stopped:
        said.append("停止后没有鸣放完的信号，下列各率均按未完成计。")
    return said


def basics(result: Result) -> Iterator[Block]:
    yield Paragraph(_programme(result))
    yield Paragraph("。".join([*map(_order, result.orders), *_notice(result)]) + "。")


def _programme(result: Result) -> Words:
    law = "根据《中华人民共和国人民防空法》第三十五条规定，" if result.mode is Mode.TRIAL else ""
    table = f"按“{result.plan.timetable['name']}”时间表" if result.plan else ""
    streets = {row.siren.street for row in result.rows} - {""}
    by_hand = sum(row.by_hand for row in result.rows)
    within = f"涉及{len(streets)}个街道（乡镇），" if streets else ""
    return [
        f"{law}本次{SHORT[result.mode]}{table}进行，范围为{result.target}，{within}应鸣警报器",
        number(len(result.rows), result.url("ordered"), "台"),
        f"（遥控{len(result.rows) - by_hand}台、人工{by_hand}台）。依次鸣放",
        joined([signal_with_times(signal) for signal in result.signals]),
        f"，全程{length(result.ends_at - result.starts_at)}。",
    ]


def _order(order: Order) -> str:
    acts = [
        f"{person or '值班台'}于{month_day(at)}{said_time(at)}{verb}"
        for person, at, verb in (
            (order.signed_by, order.signed_at, "签发"),
            (order.released_by, order.released_at, "放行"),
        )
        if at is not None
    ]
    return f"{order.get_mode_display()}命令第{order.counter}号由{'、'.join(acts)}"


def _notice(result: Result) -> list[str]:
    plan = result.plan
    if plan is None or plan.notice_due is None:
        return []
    if plan.noticed_at is None:
        return ["没有发布公告"]
    ahead = (plan.day - clock.beijing(plan.noticed_at).date()).days - 1
    return [f"{day(plan.noticed_at)}发布公告，距{SHORT[result.mode]}日{max(0, ahead)}整日"]
