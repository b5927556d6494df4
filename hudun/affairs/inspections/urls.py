from django.urls import URLPattern, URLResolver, include, path

from hudun.core.ledger.urls import ledger_urls
from hudun.core.organ import Role
from hudun.core.shell import home_card, nav

from .cards import campaigns_card
from .hazard_card import hazards_card
from .ledger import (
    CampaignLedger,
    CampaignTaskLedger,
    HazardLedger,
    NoticeLedger,
    VisitLedger,
)
from .views import campaigns, hazards

home_card(campaigns_card)
home_card(hazards_card)

urlpatterns: list[URLPattern | URLResolver] = [
    path("visits/", include(ledger_urls(VisitLedger))),
    path("campaigns/<uuid:pk>/draw/", campaigns.draw, name="campaign-draw"),
    path("campaigns/<uuid:pk>/teams/", campaigns.teams, name="campaign-teams"),
    path("campaigns/", include(ledger_urls(CampaignLedger))),
    path("hazards/<uuid:pk>/answer/", hazards.answer, name="hazard-answer"),
    path("hazards/", include(ledger_urls(HazardLedger))),
    path("notices/<uuid:pk>/link/", hazards.show_link, name="hazard-link"),
    path("notices/", include(ledger_urls(NoticeLedger))),
    path("plates/<str:code>/notice/", hazards.write_notice, name="hazard-write-notice"),
    path("bulletins/", hazards.bulletins, name="bulletins"),
    path("bulletins/<uuid:pk>/", hazards.issue_bulletin, name="bulletin-issue"),
    path("mine/", hazards.mine, name="hazards-mine"),
    path("progress/", include(ledger_urls(CampaignTaskLedger))),
]

nav(
    "巡检", "我的整改", "hazards-mine", icon="tool", tab=True, order=5,
    roles={Role.KEEPER, Role.INSPECTOR},
)  # fmt: skip
nav("巡检", "隐患通报", "bulletins", icon="send", order=32)
