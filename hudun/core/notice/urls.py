from django.urls import include, path

from hudun.core.ledger.urls import ledger_urls
from hudun.core.shell import home_card

from .cards import dead_letters_card
from .ledger import ChannelLedger, SendingLedger

home_card(dead_letters_card)

urlpatterns = [
    path("channels/", include(ledger_urls(ChannelLedger))),
    path("sendings/", include(ledger_urls(SendingLedger))),
]
