"""Sirens that people started by hand: no terminal says so, a person does."""

from datetime import datetime, timedelta

from hudun.affairs.soundings.flow import OFFICERS
from hudun.affairs.soundings.models import HandStart, Order
from hudun.core.action import Act, action
from hudun.core.error import Problem
from hudun.wire.frames import Mode

CLOCKS_APART = timedelta(minutes=10)
"""A wrist watch, and people who begin a little early."""


@action("soundings.record_hand_start", label="登记手动鸣放", roles=OFFICERS)
def record_hand_start(
    act: Act, order: Order, *, number: int, positions: list[int], at: datetime, note: str
) -> HandStart:
    """A siren that people started by hand: it sounded, but not by central control. What was
    recorded before is put right; without a position it is taken back, and the note says why."""
    if not order.sirens.filter(number=number).exists():
        raise Problem("404.1")
    _check_order(order, act.now)
    known = HandStart.objects.filter(order=order, number=number).exists()
    _check_words(order, positions, at, act.now, taken_back=known and bool(note))
    start, _ = HandStart.objects.update_or_create(
        order=order, number=number,
        defaults={"organ": order.organ, "positions": positions, "at": at, "note": note},
    )  # fmt: skip
    act.changed(start)
    return start


def _check_order(order: Order, now: datetime) -> None:
    begun = order.starts_at is not None and order.starts_at - CLOCKS_APART <= now
    archived = order.plan is not None and order.plan.state == "archived"
    if not order.release_frame or not begun or archived or order.wire_mode is Mode.SILENT:
        raise Problem("409.46")


def _check_words(
    order: Order, positions: list[int], at: datetime, now: datetime, *, taken_back: bool
) -> None:
    if not (positions or taken_back) or not set(positions) <= set(range(len(order.steps))):
        raise Problem("422.55", fields={"signals": "请选择鸣放了哪些信号"})
    assert order.starts_at is not None and order.ends_at is not None
    if not order.starts_at - CLOCKS_APART <= at <= min(now, order.ends_at) + CLOCKS_APART:
        raise Problem("422.56", fields={"at": "不在这次鸣放的时间内"})
