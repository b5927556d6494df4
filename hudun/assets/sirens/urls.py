from django.urls import include, path

from hudun.core.ledger.urls import ledger_urls

from .ledger import SirenGroupLedger, SirenLedger

urlpatterns = [
    path("groups/", include(ledger_urls(SirenGroupLedger))),
    *ledger_urls(SirenLedger),
]
