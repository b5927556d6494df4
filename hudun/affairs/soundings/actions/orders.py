"""Orders: drafted by the office, signed by one person, released by another."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hudun.affairs.soundings.actions.plans import plan_ordered, plan_released
from hudun.affairs.soundings.drafting import (
    Draft,
    digest_of,
    draft_frame,
    redraft_frame,
)
from hudun.affairs.soundings.flow import OFFICERS, OrderFlow
from hudun.affairs.soundings.issuers import issuer_of
from hudun.affairs.soundings.models import Issuer, Order, OrderSiren, Plan
from hudun.affairs.soundings.packing import pack
from hudun.affairs.soundings.roster import roster_of
from hudun.affairs.soundings.rulebook import signals, sounding_rules
from hudun.affairs.soundings.settled import settled_said
from hudun.affairs.soundings.targets import Aim, aim
from hudun.affairs.soundings.timetable import ends_at
from hudun.affairs.soundings.timetable_json import signals_from_json
from hudun.affairs.soundings.verifying import Signer, signed_order, signed_release
from hudun.core import clock
from hudun.core.action import Act, Actor, action
from hudun.core.error import Problem
from hudun.core.live.announce import announce
from hudun.core.organ import Organ
from hudun.wire.frames import Mode

Steps = list[tuple[int, str, int]]


@action("soundings.draft_orders", label="拟定命令", roles=OFFICERS)
def draft_orders(act: Act, plan: Plan) -> list[Order]:
    """The orders of an approved plan: one, unless its programme is too long for one frame."""
    if plan.state != "approved":
        raise Problem("409.1", state=type(plan).flow.shown(plan).label, label="拟定命令")
    if plan.orders.exclude(state__in=["void", "expired", "stopped"]).exists():
        raise Problem("409.49")
    patterns, numbers = plan.signals, plan.numbers
    meant = aim(plan.organ, plan.target_kind, plan.target)
    parts, issuer = pack(plan.rounds, patterns, numbers), issuer_of(plan.organ)
    first = min(one.at for part in parts for one in part)
    orders = []
    for n, part in enumerate(parts, 1):
        begins = part[0].at
        steps = [(numbers[one.signal], one.signal, one.at - begins) for one in part]
        starts_at = plan.start + timedelta(seconds=begins - first)
        seconds = ends_at(part, patterns) - begins
        order = _draft(act, issuer, plan.wire_mode, steps, seconds, starts_at, meant)
        order.plan, order.part, order.purpose = plan, n, plan.name
        orders.append(_stored(act, order, meant))
    return orders


@action("soundings.draft_immediate", label="拟定立即命令", roles=OFFICERS)
def draft_immediate(
    act: Act,
    organ: Organ,
    *,
    mode: Mode,
    signal: str,
    target_kind: str,
    target: dict[str, Any] | None = None,
    purpose: str,
) -> Order:
    """One signal, to start shortly after its release, which must come within two minutes."""
    if not purpose.strip():
        raise Problem("422.46", fields={"purpose": "请写明用途"})
    office = organ.seat()
    issuer, (number, seconds) = issuer_of(office), _signal(office, signal, act.now)
    meant = aim(office, target_kind, target or {})
    order = _draft(act, issuer, mode, [(number, signal, 0)], seconds, None, meant)
    order.purpose = purpose.strip()
    return _stored(act, order, meant)


@action("soundings.renew_order", label="重新拟定", roles=OFFICERS)
def renew_order(act: Act, order: Order) -> Order:
    """The same order with the present time in it; nobody has signed it yet."""
    if order.state != "drafted":
        raise Problem("409.1", state=OrderFlow.shown(order).label, label="重新拟定")
    if order.starts_at is not None and order.starts_at <= act.now:
        raise Problem("422.49")
    window = sounding_rules(order.organ, _today(act)).arm_window_s
    frame = redraft_frame(order, roster_of(order.issuer).number, act.now, window)
    order.payload, order.drafted_at = frame.encode(), act.now
    order.expires_at = datetime.fromtimestamp(frame.expires_at, UTC)
    order.save(update_fields=["payload", "drafted_at", "expires_at"])
    return order


@action("soundings.attach_signature", label="签发", moves=OrderFlow.sign)
def attach_signature(act: Act, order: Order, frame: bytes, list_frame: bytes = b"") -> Order:
    """Stores what the first person signed, once it is proved to be this order."""
    signer = signed_order(order, frame, list_frame, act.now)
    order.frame = frame
    order.list_frame = list_frame if order.list_payload else b""
    order.digest = digest_of(order)
    order.signed_by, order.signed_at = signer.user, act.now
    order.save(update_fields=["frame", "list_frame", "digest", "signed_by", "signed_at"])
    _note_signer(act, order, signer)
    if order.plan and not order.plan.orders.filter(state="drafted").exists():
        plan_ordered(Actor.system(order.organ), order.plan)
    return order


@action("soundings.attach_release", label="放行", moves=OrderFlow.release)
def attach_release(act: Act, order: Order, frame: bytes) -> Order:
    """Stores what the second person signed; dispatch takes it from here."""
    rules = sounding_rules(order.organ, _today(act))
    signer, release = signed_release(order, frame, rules, act.now)
    if order.immediate:
        order.starts_at = datetime.fromtimestamp(release.released + (release.start or 0), UTC)
        order.ends_at = order.starts_at + timedelta(seconds=order.seconds)
    order.release_frame = frame
    order.released_by, order.released_at = signer.user, act.now
    order.save(
        update_fields=["release_frame", "released_by", "released_at", "starts_at", "ends_at"]
    )
    _note_signer(act, order, signer)
    if order.plan and not order.plan.orders.filter(state__in=["drafted", "signed"]).exists():
        plan_released(Actor.system(order.organ), order.plan)
    return order


@action("soundings.void_order", moves=OrderFlow.void, needs_reason=True)
def void_order(_act: Act, order: Order) -> Order:
    _tell(order)
    return order


@action("soundings.expire_order", moves=OrderFlow.expire)
def expire_order(act: Act, order: Order) -> Order:
    """Nobody signed or released it in time."""
    return _ended(act, order)


# ---- what dispatch finds out


@action("soundings.begin_order", moves=OrderFlow.begin)
def begin_order(_act: Act, order: Order) -> Order:
    _tell(order)
    return order


@action("soundings.close_order", moves=OrderFlow.close)
def close_order(act: Act, order: Order) -> Order:
    """Every siren and signal has its verdict."""
    if order.wire_mode is not Mode.SILENT:
        act.emit("soundings.settled", settled_said(order))
    return _ended(act, order)


@action("soundings.settle_stopped_order", label="停止后办结")
def settle_stopped_order(act: Act, order: Order) -> Order:
    """The verdicts of an order that was stopped are all in."""
    return _ended(act, order)


@action("soundings.stop_order", moves=OrderFlow.stop)
def stop_order(act: Act, order: Order) -> Order:
    """Stopped at every siren that it addressed; it never went out unless it was released."""
    return _ended(act, order) if not order.release_frame else _told(order)


def _signal(office: Organ, name: str, now: datetime) -> tuple[int, int]:
    """Number and length of a signal of the rules in force."""
    known = signals(office, clock.beijing(now).date())
    if name not in known:
        raise Problem("422.52", signal=name, fields={"signal": "没有这种信号"})
    return known[name]["number"], signals_from_json(known)[name].seconds


def _draft(
    act: Act, issuer: Issuer, mode: Mode, steps: Steps, seconds: int, starts_at: datetime | None,
    meant: Aim,
) -> Order:  # fmt: skip
    office = issuer.organ
    window = sounding_rules(office, _today(act)).arm_window_s
    wire_steps = tuple((number, at) for number, _, at in steps)
    draft = Draft(mode, wire_steps, seconds, starts_at)
    drafted = draft_frame(issuer, roster_of(issuer).number, draft, meant, act.now, window)
    return Order(
        organ=office, issuer=issuer, counter=drafted.counter, mode=mode.value, steps=steps,
        immediate=starts_at is None, seconds=seconds, target_text=meant.text,
        payload=drafted.payload, list_payload=drafted.list_payload, drafted_by=act.actor.user,
        drafted_at=act.now, starts_at=starts_at, expires_at=drafted.expires_at,
        ends_at=starts_at + timedelta(seconds=seconds) if starts_at else None,
    )  # fmt: skip


def _stored(act: Act, order: Order, meant: Aim) -> Order:
    order.save(force_insert=True)
    OrderSiren.objects.bulk_create(
        OrderSiren(order=order, siren=siren, number=siren.number, by_hand=not siren.has_terminal)
        for siren in meant.sirens
    )
    act.changed(order)
    _tell(order)
    return order


def _ended(act: Act, order: Order) -> Order:
    order.closed_at = act.now
    order.save(update_fields=["closed_at"])
    return _told(order)


def _told(order: Order) -> Order:
    _tell(order)
    return order


def _tell(order: Order) -> None:
    announce(
        "orders", order.organ,
        {"order": str(order.pk), "counter": order.counter, "state": order.state},
    )  # fmt: skip


def _note_signer(act: Act, order: Order, signer: Signer) -> None:
    act.note(kid=signer.key.kid, signer=str(signer.user or ""), digest=bytes(order.digest).hex())
    _tell(order)


def _today(act: Act) -> date:
    return clock.beijing(act.now).date()
