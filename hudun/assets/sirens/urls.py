from django.urls import include, path

from hudun.core.ledger.urls import ledger_urls
from hudun.core.shell import home_card

from .cards import sirens_card
from .ledger import SirenGroupLedger, SirenLedger

home_card(sirens_card)

urlpatterns = [
    path("groups/", include(ledger_urls(SirenGroupLedger))),
    *ledger_urls(SirenLedger),
]
