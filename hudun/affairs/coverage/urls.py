from django.urls import include, path

from hudun.core.ledger.urls import ledger_urls

from .ledger import SiteLedger

urlpatterns = [
    path("sites/", include(ledger_urls(SiteLedger))),
]
