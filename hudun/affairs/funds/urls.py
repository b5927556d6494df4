from django.urls import include, path

from hudun.core.ledger.urls import ledger_urls

from .ledger import BudgetLedger, PaymentLedger

urlpatterns = [
    path("payments/", include(ledger_urls(PaymentLedger))),
    *ledger_urls(BudgetLedger),
]
