"""Public texts, drafted: people may change them before they are published."""

from datetime import datetime, timedelta

from hudun.core import clock
from hudun.wire.frames import Mode

from .models import Order, Plan, StopOrder


def draft_notice(plan: Plan, target: str) -> str:
    """The notice of a planned sounding: when, which signals, where, what people should do."""
    day = clock.beijing(plan.start)
    kind = "防空警报试鸣" if plan.wire_mode is Mode.TRIAL else "防空警报鸣放"
    purpose = "，并结合组织人员疏散掩蔽演练" if plan.drill else ""
    lines = [
        f"关于{plan.name}的公告",
        "",
        f"    根据《中华人民共和国人民防空法》第三十五条规定，定于{_day(day)}"
        f"在{plan.organ.full_name()}（{target}）组织{kind}{purpose}。现将有关事项公告如下：",
        "",
        "    一、时间和信号",
        *(f"    {line}" for line in signal_lines(plan)),
        "",
        "    二、注意事项",
        "    鸣放期间，请广大市民和过往人员听到警报后不要惊慌，保持正常的工作、学习和生活秩序。",
        "",
        "    特此公告。",
    ]
    return "\n".join(lines)


def signal_lines(plan: Plan) -> list[str]:
    """One line a signal: its name, its times, its strokes."""
    signals = plan.signals
    return [
        f"（{n}）{name}警报：{_clock(begin)}至{_clock(end)}（{_strokes(name, plan)}）"
        for n, (name, begin, end) in enumerate(
            (
                (name, plan.start + timedelta(seconds=at), _end(plan, at, signals[name].seconds))
                for name, at in plan.programme
            ),
            1,
        )
    ]


def draft_stop_notice(stop: StopOrder, orders: list[Order]) -> str:
    """For a sounding that was stopped, or should not have been."""
    pressed = clock.beijing(stop.pressed_at)
    live = any(order.wire_mode is Mode.LIVE for order in orders)
    what = "防空警报" if live else "防空警报试鸣"
    return "\n".join(
        [
            "关于停止警报鸣放的公告",
            "",
            f"    {_day(pressed)}{pressed:%H:%M}，{stop.organ.full_name()}的{what}"
            f"（{stop.target_text}）已经停止。",
            "    目前没有需要采取防护行动的情况，请广大市民保持正常的工作、学习和生活秩序，"
            "不信谣、不传谣。具体情况以本单位发布的消息为准。",
            "",
            "    特此公告。",
        ]
    )


def _end(plan: Plan, at: int, seconds: int) -> datetime:
    return plan.start + timedelta(seconds=at + seconds)


def _strokes(name: str, plan: Plan) -> str:
    pattern = plan.signals[name]
    strokes = "、".join(
        f"鸣 {on} 秒停 {off} 秒" if off else f"鸣 {on} 秒" for on, off in pattern.strokes
    )
    repeated = f"，反复 {pattern.repeat} 遍" if pattern.repeat > 1 else ""
    minutes, seconds = divmod(pattern.seconds, 60)
    lasts = f"{minutes} 分钟" if not seconds else f"{pattern.seconds} 秒"
    return f"{strokes}{repeated}，时长 {lasts}"


def _clock(moment: datetime) -> str:
    here = clock.beijing(moment)
    return f"{here:%H:%M:%S}" if here.second else f"{here:%H:%M}"


def _day(moment: datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日"
