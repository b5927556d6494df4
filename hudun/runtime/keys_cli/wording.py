"""An order in words, from its octets alone. The words agree with those of the signing page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hudun.wire.frames import Mode, Order, Right, SirenList
from hudun.wire.signals import SIGNAL_NAMES

BEIJING = timezone(timedelta(hours=8))
WEEKDAYS = "一二三四五六日"
MODES = {
    Mode.LIVE: ("实警", "警报器将真正鸣响，公众会当作真实警报"),
    Mode.TRIAL: ("试鸣", "警报器将按公告的时间鸣响，供群众熟悉信号"),
    Mode.SILENT: ("静默测试", "警报器自检，不发出声音"),
}
RIGHTS = {
    Right.LIVE: "实警",
    Right.TRIAL: "试鸣",
    Right.SILENT: "静默",
    Right.STOP: "停止",
    Right.TIME: "授时",
}
MOST_NUMBERS = 60  # of sirens on the screen; the rest is counted


def describe(order: Order, listed: SirenList | None) -> list[tuple[str, str]]:
    """What the person reads before signing."""
    word, effect = MODES[order.mode]
    starts = "放行后立即" if order.starts_at is None else moment(order.starts_at)
    return [
        ("方式", f"{word}：{effect}"),
        *_programme(order),
        ("开始", starts),
        ("对象", _target(order, listed)),
        ("失效", f"{moment(order.expires_at)} 之后不再执行"),
        (
            "拟令",
            f"{moment(order.issued)}，第 {order.counter} 号，"
            f"名册第 {order.roster} 版，单位 {order.issuer}",
        ),
    ]


def confirmation(order: Order) -> str:
    """What has to be typed: another word for each mode, so that habit cannot carry one over."""
    if order.mode is Mode.SILENT:
        return "静默测试"
    if order.mode is Mode.LIVE:
        return f"发布实警{signal_name(order.programme[0][0])}"
    if order.starts_at is None:
        return "立即试鸣"
    day = beijing(order.starts_at)
    return f"试鸣{day.month}月{day.day}日"


def signal_name(signal: int) -> str:
    name, _, province = SIGNAL_NAMES.get(signal, "").partition("/")
    if not name:
        return f"第 {signal} 号信号"
    return f"{name}警报（{province}）" if province else f"{name}警报"


def moment(seconds: float) -> str:
    at = beijing(seconds)
    day = f"{at.year}年{at.month}月{at.day}日"
    return f"{day}（周{WEEKDAYS[at.weekday()]}）{at:%H:%M:%S}"


def beijing(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).astimezone(BEIJING)


def right_words(rights: Right) -> str:
    return "、".join(word for right, word in RIGHTS.items() if right in rights)


def _programme(order: Order) -> list[tuple[str, str]]:
    rows = []
    for position, (signal, at) in enumerate(order.programme, 1):
        when = f"开始后 {at} 秒" if order.starts_at is None else moment(order.starts_at + at)
        rows.append((f"信号{position}", f"{when} {signal_name(signal)}"))
    return rows


def _target(order: Order, listed: SirenList | None) -> str:
    target = order.target
    if target.sirens:
        return f"共 {len(target.sirens)} 台：{_numbers(target.sirens)}"
    if target.list_number is not None and listed is not None:
        return f"第 {listed.number} 号清单，共 {len(listed.sirens)} 台：{_numbers(listed.sirens)}"
    return f"第 {target.group} 组的全部警报器" if target.group else "本单位全部警报器"


def _numbers(sirens: tuple[int, ...]) -> str:
    more = f" 等 {len(sirens)} 台" if len(sirens) > MOST_NUMBERS else ""
    return "、".join(map(str, sirens[:MOST_NUMBERS])) + more
