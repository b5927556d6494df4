"""What reports ask about money."""

from datetime import date

from django.db.models import Sum

from hudun.core.fact import Value, fact
from hudun.core.money import yuan
from hudun.core.organ import Organ

from .models import BudgetLine, Payment


@fact("funds.budget", label="预算金额", unit="元")
def budget(organ: Organ, *, year: int) -> Value:
    lines = BudgetLine.objects.under(organ).of_year(year)
    total = lines.aggregate(total=Sum("amount_fen"))["total"] or 0
    return Value(yuan(total), records=lines, url=f"/funds/?year_from={year}&year_to={year}")


@fact("funds.paid", label="已支付", unit="元")
def paid(organ: Organ, *, first: date, last: date) -> Value:
    payments = Payment.objects.under(organ).filter(
        state="paid", paid_on__gte=first, paid_on__lte=last
    )
    total = payments.aggregate(total=Sum("amount_fen"))["total"] or 0
    return Value(yuan(total), records=payments, url="/funds/payments/?state=paid")
