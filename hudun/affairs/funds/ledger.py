"""The ledgers of budget lines and payments."""

from typing import Any

from django.db.models import QuerySet

from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.ledger.words import Plain
from hudun.core.money import in_words, yuan
from hudun.core.organ import OrganKind, Role, User

from . import actions
from .models import BudgetLine, Payment

READERS = (Role.CLERK, Role.CHIEF, Role.DIRECTOR, Role.AUDITOR)
AMOUNT = "amount_fen"


class MoneyLedger(Ledger[Any]):
    """People read and type 元."""

    section = "经费"
    readers = READERS
    site_kinds = (OrganKind.DISTRICT,)

    def say(self, record: Any, name: str) -> str:
        return in_words(record.amount_fen) if name == AMOUNT else super().say(record, name)

    def plain(self, record: Any, name: str, user: User) -> Plain:
        if name == AMOUNT:
            return float(yuan(record.amount_fen))
        return super().plain(record, name, user)


class BudgetLedger(MoneyLedger):
    model = BudgetLine
    slug, noun, icon = "budget-lines", "预算项目", "calculator"
    nav_order = 10
    columns = [
        "code", "name", "year", "organ",
        Column(AMOUNT, "预算", AMOUNT, number=True),
        Column("spent_words", "已批准", "spent", number=True),
        Column("left_words", "余额", number=True),
    ]  # fmt: skip
    filters = ["year", "organ"]
    search = ["code", "name"]
    sections = {"预算项目": ["organ", "code", "name", "year", AMOUNT, "note"]}
    key = "code"
    create, edit = actions.make_budget_line, actions.edit_budget_line

    def loaded(self, rows: "QuerySet[BudgetLine]") -> "QuerySet[BudgetLine]":
        return rows.select_related("organ__parent").with_spent()  # type: ignore[attr-defined, no-any-return]


class PaymentLedger(MoneyLedger):
    model = Payment
    slug, noun, icon = "payments", "支付", "signature"
    nav_order = 20
    title = "payee"
    columns = [
        "payee", Column("purpose", "事由", "purpose", long=True),
        Column(AMOUNT, "金额", AMOUNT, number=True),
        Column("kind_words", "说明"),
        Column("budget", "预算项目", "budget__name"), "proposed_at", "state",
    ]  # fmt: skip
    filters = ["state", "budget", "proposed_at"]
    search = ["payee", "purpose", "voucher"]
    sections = {"支付": ["organ", "budget", "payee", "purpose", AMOUNT, "basis"]}
    aside = [
        "sample", "url", "proposed_by", "proposed_at", "approved_by", "approved_at", "paid_on",
        "voucher",
    ]  # fmt: skip
    create, edit = actions.propose_payment, actions.edit_payment

    def loaded(self, rows: "QuerySet[Payment]") -> "QuerySet[Payment]":
        return rows.select_related("organ__parent", "budget", "proposed_by", "approved_by")
