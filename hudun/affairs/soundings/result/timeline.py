"""When what was done, by whom: from the journal, the orders, the stops and the first receipt."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Min

from hudun.affairs.soundings.models import Order, Plan, Receipt, StopOrder, moment
from hudun.core import clock
from hudun.core.journal.models import JournalLine
from hudun.wire.frames import State

from .nouns import Moment

KINDS = (
    "drafted", "approved", "signed", "released", "noticed", "first-sound", "stopped", "silent",
    "closed",
)  # fmt: skip
"""In the order in which they come when they come at once."""

VERBS = {
    "soundings.draft_plan": ("drafted", "拟定鸣放计划"),
    "soundings.approve_plan": ("approved", "批准鸣放计划"),
}


def timeline(
    plan: Plan | None, orders: Sequence[Order], stops: Sequence[StopOrder]
) -> tuple[Moment, ...]:
    moments = [*_of_orders(orders), *_of_stops(stops), *_first_sound(orders), *_closed(orders)]
    moments += _of_plan(plan) if plan else []
    return tuple(sorted(moments, key=lambda one: (one.at, KINDS.index(one.kind))))


def _of_plan(plan: Plan) -> Iterator[Moment]:
    lines = JournalLine.objects.of(plan).filter(verb__in=VERBS).select_related("person")
    for line in lines:
        kind, text = VERBS[line.verb]
        yield Moment(kind, line.at, _by(text, line.person))
    if plan.noticed_at:
        ahead = (plan.day - clock.beijing(plan.noticed_at).date()).days - 1
        yield Moment("noticed", plan.noticed_at, f"发布公告，距鸣放日{max(0, ahead)}整日")


def _of_orders(orders: Sequence[Order]) -> Iterator[Moment]:
    for order in orders:
        if order.immediate:
            yield Moment(
                "drafted", order.drafted_at, _by(f"拟定{name_of(order)}", order.drafted_by)
            )
        if order.signed_at:
            yield Moment("signed", order.signed_at, _by(f"签发{name_of(order)}", order.signed_by))
        if order.released_at:
            yield Moment(
                "released", order.released_at, _by(f"放行{name_of(order)}", order.released_by)
            )


def _of_stops(stops: Sequence[StopOrder]) -> Iterator[Moment]:
    for stop in stops:
        pressed = _by(f"按下停止（{stop.target_text}）", stop.pressed_by)
        yield Moment("stopped", stop.pressed_at, pressed)
        if stop.last_silent_at:
            yield Moment("silent", stop.last_silent_at, silence(stop))


def silence(stop: StopOrder) -> str:
    """How many have said that they are silent, and how long after the press the last of them."""
    if stop.seconds is None:
        return "还没有停声回报"
    whole = len(stop.numbers)
    said = f"{whole}台全部停声" if stop.complete else f"{stop.silent}台（共{whole}台）回报停声"
    return f"{said}，最后一台距按下{stop.seconds:.1f}秒"


def _first_sound(orders: Sequence[Order]) -> Iterator[Moment]:
    if not orders:
        return
    office = orders[0].issuer.number
    heard = Receipt.objects.filter(
        office=office, issuer=office, counter__in=[order.counter for order in orders],
        state=State.SOUNDING.value,
    ).aggregate(first=Min("at_ms"))  # fmt: skip
    if heard["first"] is not None:
        yield Moment("first-sound", moment(heard["first"]), "首台警报器鸣响")


def _closed(orders: Sequence[Order]) -> Iterator[Moment]:
    ends: list[datetime] = [order.closed_at for order in orders if order.closed_at]
    if ends and len(ends) == len(orders):
        yield Moment("closed", max(ends), "各警报器的结论收齐")


def name_of(order: Order) -> str:
    return f"{order.get_mode_display()}命令第{order.counter}号"


def _by(text: str, person: object | None) -> str:
    return f"{text}（{person}）" if person else text
