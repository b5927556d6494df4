"""What other affairs ask to be paid; hudun/wiring.py names which."""

from typing import Any

from hudun.core.action import Actor
from hudun.core.organ import Organ
from hudun.core.outbox.models import Event

from .actions import propose_payment, void_payment
from .models import BudgetLine, Payment

UPKEEP = "人防工程维护补助"


def propose_subsidy(event: Event) -> None:
    """A decided outcome with money becomes a proposed payment, once."""
    said = event.payload
    if event.organ is None or not said.get("amount_fen"):
        return
    source = f"rating:{said['rating']}"
    if Payment.objects.filter(source=source).exists():
        return
    office = event.organ.seat()
    propose_payment(
        Actor.system(office), office, source=source, **_payment(said, office),
    )  # fmt: skip


def void_subsidy(event: Event) -> None:
    """The outcome was void: what is not yet paid is not paid."""
    source = f"rating:{event.payload['rating']}"
    for payment in Payment.objects.open().filter(source=source):
        void_payment(Actor.system(payment.organ).because(str(event.payload["reason"])), payment)


def _payment(said: dict[str, Any], office: Organ) -> dict[str, Any]:
    lines = BudgetLine.objects.filter(organ=office, year=said["year"], name=UPKEEP)
    return {
        "budget": lines.first(),
        "payee": said["unit"] or "（未登记维护单位）",
        "purpose": f"{said['title']}{said['outcome_words']}"[:200],
        "amount_fen": said["amount_fen"],
        "basis": f"维护评定 {said['period']}",
        "sample": bool(said["sample"]),
        "url": f"/inspections/ratings/{said['rating']}/",
    }
