"""Stop: one press by one person, signed with the desk key, needing nothing else."""

from datetime import timedelta
from typing import Any

from hudun.affairs.soundings.actions.orders import stop_order, void_order
from hudun.affairs.soundings.actions.plans import NOTICE, stop_plan
from hudun.affairs.soundings.drafting import stop_payload, take_counter
from hudun.affairs.soundings.flow import HEADS, OFFICERS, PlanFlow
from hudun.affairs.soundings.issuers import issuer_of
from hudun.affairs.soundings.models import Order, Plan, StopFrame, StopOrder, TargetKind
from hudun.affairs.soundings.roster import desk_key, roster_of
from hudun.affairs.soundings.rulebook import sounding_rules
from hudun.affairs.soundings.targets import Aim, aim
from hudun.core import clock
from hudun.core.action import Act, Actor, action
from hudun.core.deadline.watch import drop
from hudun.core.error import Problem
from hudun.core.live.announce import announce
from hudun.core.organ import Organ
from hudun.wire.cose import sign1
from hudun.wire.frames import Target, kid_octets

MOST_REASON = 200
"""What a plan keeps of it; the journal has the whole."""
Part = tuple[Target, list[int]]


@action("soundings.press_stop", label="停止", roles=OFFICERS)
def press_stop(
    act: Act, organ: Organ, *, target_kind: str = "all", target: dict[str, Any] | None = None
) -> StopOrder:
    """Ends every order so far at the sirens meant."""
    office = organ.seat()
    return _stop(act, office, aim(office, target_kind, target or {}))


@action("soundings.void_plan", moves=PlanFlow.void, roles=HEADS, needs_reason=True)
def void_plan(act: Act, plan: Plan, reason: str = "") -> Plan:
    """A plan that has gone out is taken back by a stop, unless that would end other orders too."""
    sent = plan.orders.sent().filter(closed_at=None)
    if sent:
        _check_alone(plan, list(sent))
        _stop(act, plan.organ, aim(plan.organ, TargetKind.ALL, {}))
    for order in plan.orders.filter(state__in=["drafted", "signed"]):
        void_order(act.actor.because(reason), order)
    plan.void_reason = reason[:MOST_REASON]
    plan.save(update_fields=["void_reason"])
    drop(act, plan, NOTICE)
    return plan


def _stop(act: Act, office: Organ, meant: Aim) -> StopOrder:
    issuer = issuer_of(office)
    life = sounding_rules(office, clock.beijing(act.now).date()).stop_redriven_s
    stop = StopOrder.objects.create(
        organ=office, issuer=issuer, target_text=meant.text, numbers=list(meant.numbers),
        pressed_at=act.now, pressed_by=act.actor.user,
        expires_at=act.now + timedelta(seconds=life),
    )  # fmt: skip
    _sign(act, stop, _frame_targets(meant), life)
    act.changed(stop)
    stopped = set(meant.numbers)
    for order in Order.objects.by_issuer(issuer).open().select_related("plan"):
        if meant.group == 0 or stopped.issuperset(_addressed(order)):
            stop_order(Actor.system(office), order)
            _stop_plan_of(order)
    announce("stops", office, {"stop": str(stop.pk)})
    return stop


def _frame_targets(meant: Aim) -> list[Part]:
    """A stop never needs a list: a lost list must not keep a siren sounding."""
    if meant.group is not None:
        return [(Target(group=meant.group), list(meant.numbers))]
    most = Target.MOST_SIRENS
    chunks = [meant.numbers[n : n + most] for n in range(0, len(meant.numbers), most)]
    return [(Target(sirens=chunk), list(chunk)) for chunk in chunks]


def _sign(act: Act, stop: StopOrder, parts: list[Part], life_s: int) -> None:
    issuer = stop.issuer
    desk, roster = desk_key(issuer), roster_of(issuer).number
    for target, numbers in parts:
        upto = take_counter(issuer)
        payload = stop_payload(issuer, roster, upto, target, act.now, life_s)
        frame = sign1(payload, kid_octets(desk.kid), desk.key)
        StopFrame.objects.create(stop=stop, issuer=issuer, upto=upto, frame=frame, numbers=numbers)


def _addressed(order: Order) -> set[int]:
    return set(order.sirens.filter(by_hand=False).values_list("number", flat=True))


def _stop_plan_of(order: Order) -> None:
    """The plan is stopped with its orders; one that is still being approved may order anew."""
    plan = order.plan
    if plan is not None and plan.orders.open().count() == 0:
        plan.refresh_from_db(fields=["state"])
        if PlanFlow.stop.fits(plan.state):
            stop_plan(Actor.system(plan.organ), plan)


def _check_alone(plan: Plan, orders: list[Order]) -> None:
    others = Order.objects.by_issuer(orders[0].issuer).open().exclude(plan=plan)
    if others:
        names = "、".join(str(order) for order in others)
        raise Problem("409.45", others=names)
