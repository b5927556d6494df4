from django.urls import URLPattern, URLResolver, include, path

from hudun.core.ledger.urls import ledger_urls
from hudun.core.shell import home_card

from .cards import campaigns_card
from .ledger import CampaignLedger, CampaignTaskLedger, VisitLedger
from .views import campaigns

home_card(campaigns_card)

urlpatterns: list[URLPattern | URLResolver] = [
    path("visits/", include(ledger_urls(VisitLedger))),
    path("campaigns/<uuid:pk>/draw/", campaigns.draw, name="campaign-draw"),
    path("campaigns/<uuid:pk>/teams/", campaigns.teams, name="campaign-teams"),
    path("campaigns/", include(ledger_urls(CampaignLedger))),
    path("progress/", include(ledger_urls(CampaignTaskLedger))),
]
