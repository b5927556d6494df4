from django.urls import include, path

from hudun.core.ledger.urls import ledger_urls
from hudun.core.shell import home_card

from .cards import shelters_card
from .ledger import EquipmentLedger, OpeningLedger, ShelterLedger, UnitLedger
from .views import attach

home_card(shelters_card)

urlpatterns = [
    path("units/", include(ledger_urls(UnitLedger))),
    path("openings/", include(ledger_urls(OpeningLedger))),
    path("equipment/", include(ledger_urls(EquipmentLedger))),
    path("<uuid:pk>/files/", attach, name="shelters-attach"),
    *ledger_urls(ShelterLedger),
]
