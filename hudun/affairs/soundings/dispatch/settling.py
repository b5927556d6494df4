"""Moves of orders and plans that time and receipts bring about: actions of the system."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from hudun.affairs.soundings.actions import (
    begin_order,
    begin_plan,
    close_order,
    close_plan,
    expire_order,
    settle_stopped_order,
)
from hudun.affairs.soundings.flow import PlanFlow
from hudun.affairs.soundings.models import Issuer, Order, Plan
from hudun.core.action import Actor, together
from hudun.core.error import Problem

DRAFT_KEPT = timedelta(minutes=15)


def advance(actor: Actor, issuer: Issuer, now: datetime) -> None:
    """Orders that begin now, and orders that nobody signed or released in time."""
    begun = Order.objects.by_issuer(issuer).filter(state="released", starts_at__lte=now)
    for order in begun.select_related("plan"):
        with suppress(Problem), together():  # somebody was quicker: it is looked at again
            begin_order(actor, order)
            if order.plan and PlanFlow.begin.fits(order.plan.state):
                begin_plan(actor, order.plan)
    for order in Order.objects.by_issuer(issuer).filter(state__in=["drafted", "signed"]):
        if _run_out(order, now):
            with suppress(Problem):
                expire_order(actor, order)


def _run_out(order: Order, now: datetime) -> bool:
    """A draft of an immediate order may be renewed until somebody has signed it."""
    if order.immediate and order.state == "drafted":
        return order.drafted_at + DRAFT_KEPT < now
    return order.release_by is not None and order.release_by < now


def settle(actor: Actor, orders: Iterable[UUID]) -> None:
    """Every verdict of these orders is in."""
    for order in Order.objects.filter(pk__in=list(orders), closed_at=None).select_related("plan"):
        try:
            close_order(actor, order)
        except Problem:  # it was stopped, perhaps in this very moment
            settle_stopped_order(actor, order)
        if order.plan is not None:
            _close_plan(actor, order.plan)


def _close_plan(actor: Actor, plan: Plan) -> None:
    still_open = plan.orders.exclude(state__in=["void", "expired"]).filter(closed_at=None)
    if PlanFlow.close.fits(plan.state) and not still_open.exists():
        close_plan(actor, plan)
