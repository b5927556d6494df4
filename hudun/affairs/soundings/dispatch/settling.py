"""Moves of orders and plans that time and receipts bring about: actions of the system."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from hudun.affairs.soundings.actions import (
    begin_order,
    begin_plan,
    close_order,
    close_plan,
    expire_order,
    settle_stopped_order,
)
from hudun.affairs.soundings.flow import OrderFlow, PlanFlow
from hudun.affairs.soundings.models import Issuer, Order, Plan
from hudun.core.action import Actor


def advance(actor: Actor, issuer: Issuer, now: datetime) -> None:
    """Orders that begin now, and orders that nobody signed or released in time."""
    begun = Order.objects.by_issuer(issuer).filter(state="released", starts_at__lte=now)
    for order in begun.select_related("plan"):
        begin_order(actor, order)
        if order.plan and PlanFlow.begin.fits(order.plan.state):
            begin_plan(actor, order.plan)
    for order in Order.objects.by_issuer(issuer).filter(state__in=["drafted", "signed"]):
        if order.release_by is not None and order.release_by < now:
            expire_order(actor, order)


def settle(actor: Actor, orders: Iterable[UUID]) -> None:
    """Every verdict of these orders is in."""
    for order in Order.objects.filter(pk__in=list(orders), closed_at=None).select_related("plan"):
        if OrderFlow.close.fits(order.state):
            close_order(actor, order)
        else:
            settle_stopped_order(actor, order)
        if order.plan is not None:
            _close_plan(actor, order.plan)


def _close_plan(actor: Actor, plan: Plan) -> None:
    still_open = plan.orders.exclude(state__in=["void", "expired"]).filter(closed_at=None)
    if PlanFlow.close.fits(plan.state) and not still_open.exists():
        close_plan(actor, plan)
