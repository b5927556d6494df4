"""Budget lines and payments."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, Sum

from hudun.core.money import FenField, in_words
from hudun.core.organ import OrganOwned, OwnedQuerySet, User

from .flow import PaymentFlow

COMMITTED = ("approved", "paid")


class BudgetLineQuerySet(OwnedQuerySet["BudgetLine"]):
    def of_year(self, year: int) -> Self:
        return self.filter(year=year)

    def with_spent(self) -> Self:
        """Each with `spent`: what is approved or paid, in 分."""
        spent = Sum("payments__amount_fen", filter=Q(payments__state__in=COMMITTED))
        return self.annotate(spent=spent)


class BudgetLine(OrganOwned):
    """`code` names it within the office."""

    spent: int | None

    code = models.CharField("编号", max_length=40)
    name = models.CharField("名称", max_length=100)
    year = models.PositiveSmallIntegerField("年度")
    amount_fen = FenField("预算金额（元）")
    note = models.CharField("说明", max_length=200, blank=True)

    objects: ClassVar[BudgetLineQuerySet] = BudgetLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "预算项目"
        ordering = ["-year", "code"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "code"], name="one_budget_line_per_code")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.name}"

    @property
    def spent_words(self) -> str:
        """Where `with_spent` was asked."""
        return in_words(self.spent or 0)

    @property
    def left_words(self) -> str:
        return in_words(self.amount_fen - (self.spent or 0))


class PaymentQuerySet(OwnedQuerySet["Payment"]):
    def open(self) -> Self:
        return self.filter(state__in=PaymentFlow.open_states())

    def committed(self) -> Self:
        return self.filter(state__in=COMMITTED)


class Payment(OrganOwned):
    """`source` names what asked for it, so that it is proposed once."""

    flow = PaymentFlow

    budget = models.ForeignKey(
        BudgetLine, models.PROTECT, null=True, blank=True, related_name="payments",
        verbose_name="预算项目",
    )  # fmt: skip
    payee = models.CharField("收款单位", max_length=200)
    purpose = models.CharField("事由", max_length=200)
    amount_fen = FenField("金额（元）")
    basis = models.CharField("依据", max_length=200, blank=True)
    sample = models.BooleanField("样例金额", default=False)
    source = models.CharField(max_length=100, blank=True)
    url = models.CharField("相关页面", max_length=200, blank=True)
    proposed_at = models.DateTimeField("提出时间")
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="提出人"
    )
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="批准人"
    )
    paid_on = models.DateField("支付日期", null=True, blank=True)
    voucher = models.CharField("凭证号", max_length=60, blank=True)
    state = PaymentFlow.field()

    objects: ClassVar[PaymentQuerySet] = PaymentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "支付"
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=~Q(source=""), name="one_payment_per_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.payee} {self.amount_words}"

    @property
    def amount_words(self) -> str:
        return in_words(self.amount_fen)

    @property
    def kind_words(self) -> str:
        return "样例" if self.sample else ""
