from hudun.core.ledger.urls import ledger_urls
from hudun.core.shell import home_card

from .cards import tipoffs_card
from .ledger import TipoffLedger

urlpatterns = ledger_urls(TipoffLedger)

home_card(tipoffs_card)
