"""Every write of funds."""

from datetime import date
from typing import Any

from django.db import models

from hudun.core import clock
from hudun.core.action import Act, action, assign
from hudun.core.error import Problem
from hudun.core.error.validation import refused_as
from hudun.core.money import in_words
from hudun.core.organ import Organ

from . import problems  # noqa: F401
from .flow import STAFF, PaymentFlow
from .models import BudgetLine, Payment

LINE_FIELDS = {"code", "name", "year", "amount_fen", "note"}
PAYMENT_FIELDS = {"budget", "payee", "purpose", "amount_fen", "basis"}


@action("funds.make_budget_line", label="新建预算项目", roles=STAFF)
def make_budget_line(_act: Act, organ: Organ, /, **fields: Any) -> BudgetLine:
    line = BudgetLine(organ=organ.seat())
    assign(line, fields, LINE_FIELDS)
    _check_line(line)
    line.save(force_insert=True)
    return line


@action("funds.edit_budget_line", label="修改预算项目", roles=STAFF)
def edit_budget_line(_act: Act, line: BudgetLine, /, **changes: Any) -> BudgetLine:
    changes.pop("organ", None)
    names = assign(line, changes, LINE_FIELDS)
    _check_line(line)
    spent = _spent(line)
    if line.amount_fen < spent:
        said = in_words(spent)
        raise Problem("409.192", spent=said, fields={"amount_fen": f"不能少于 {said}"})
    line.save(update_fields=names)
    return line


@action("funds.propose_payment", label="提出支付", roles=STAFF)
def propose_payment(act: Act, organ: Organ, /, **fields: Any) -> Payment:
    """`source` and `url` say what asked for it; the same source is proposed once."""
    payment = Payment(organ=organ.seat(), proposed_at=act.now, proposed_by=act.actor.user)
    assign(payment, fields, PAYMENT_FIELDS | {"source", "url", "sample"})
    _check_payment(payment)
    payment.save(force_insert=True)
    return payment


@action("funds.edit_payment", label="修改支付", roles=STAFF)
def edit_payment(_act: Act, payment: Payment, /, **changes: Any) -> Payment:
    if payment.state != "proposed":
        raise Problem("409.1", state=PaymentFlow.shown(payment).label, label="修改支付")
    changes.pop("organ", None)
    names = assign(payment, changes, PAYMENT_FIELDS)
    _check_payment(payment)
    payment.save(update_fields=names)
    return payment


@action("funds.approve_payment", moves=PaymentFlow.approve)
def approve_payment(act: Act, payment: Payment) -> Payment:
    """From a budget line that still holds it. The line's row is held meanwhile: two approvals
    at once cannot both find the last yuan."""
    if act.actor.user is not None and act.actor.user == payment.proposed_by:
        raise Problem("403.190")
    if payment.budget_id is None:
        raise Problem("422.191")
    line = BudgetLine.objects.select_for_update().get(pk=payment.budget_id)
    left = line.amount_fen - _spent(line, apart_from=payment)
    if payment.amount_fen > left:
        raise Problem("409.191", budget=line, left=in_words(left), amount=payment.amount_words)
    payment.approved_at, payment.approved_by = act.now, act.actor.user
    payment.save(update_fields=["approved_at", "approved_by"])
    return payment


@action("funds.refuse_payment", moves=PaymentFlow.refuse, needs_reason=True)
def refuse_payment(_act: Act, payment: Payment) -> Payment:
    return payment


@action("funds.pay", moves=PaymentFlow.pay)
def pay(act: Act, payment: Payment, paid_on: date, voucher: str) -> Payment:
    """It was paid elsewhere; here stands when and under which voucher."""
    if paid_on > clock.beijing(act.now).date():
        raise Problem("422.193", fields={"paid_on": "晚于今天"})
    payment.paid_on, payment.voucher = paid_on, voucher.strip()[:60]
    payment.save(update_fields=["paid_on", "voucher"])
    act.emit("funds.paid", {"payment": payment.pk, "source": payment.source})
    return payment


@action("funds.void_payment", moves=PaymentFlow.void, needs_reason=True)
def void_payment(_act: Act, payment: Payment) -> Payment:
    return payment


def _check_line(line: BudgetLine) -> None:
    _clean(line)
    same = BudgetLine.objects.filter(organ=line.organ, code=line.code).exclude(pk=line.pk)
    if same.exists():
        raise Problem("409.190", code=line.code, fields={"code": "已经用过"})


def _check_payment(payment: Payment) -> None:
    _clean(payment)
    if payment.budget is not None and payment.budget.organ_id != payment.organ_id:
        raise Problem("422.192", budget=payment.budget, fields={"budget": "不是本单位的"})


def _clean(record: models.Model) -> None:
    with refused_as("422.190"):
        record.clean_fields(exclude=["organ", "proposed_by", "approved_by"])


def _spent(line: BudgetLine, apart_from: Payment | None = None) -> int:
    payments = line.payments.committed()
    if apart_from is not None:
        payments = payments.exclude(pk=apart_from.pk)
    spent: int | None = payments.aggregate(total=models.Sum("amount_fen"))["total"]
    return spent or 0
