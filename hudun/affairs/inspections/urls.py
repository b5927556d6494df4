from django.urls import URLPattern, URLResolver, include, path

from hudun.core.ledger.urls import ledger_urls
from hudun.core.organ import Role
from hudun.core.shell import home_card, nav

from . import ledger
from .cards import campaigns_card, upkeep_card
from .hazard_card import hazards_card
from .views import campaigns, hazards, performance, rating, templates, upkeep

home_card(campaigns_card)
home_card(hazards_card)
home_card(upkeep_card)

CHECKS: list[URLPattern | URLResolver] = [
    path("templates/", templates.listed, name="check-templates"),
    path("templates/<slug:slug>/", templates.one, name="check-template"),
    path("visits/", include(ledger_urls(ledger.VisitLedger))),
    path("campaigns/<uuid:pk>/draw/", campaigns.draw, name="campaign-draw"),
    path("campaigns/<uuid:pk>/teams/", campaigns.teams, name="campaign-teams"),
    path("campaigns/", include(ledger_urls(ledger.CampaignLedger))),
    path("progress/", include(ledger_urls(ledger.CampaignTaskLedger))),
]

HAZARDS: list[URLPattern | URLResolver] = [
    path("hazards/<uuid:pk>/answer/", hazards.answer, name="hazard-answer"),
    path("hazards/", include(ledger_urls(ledger.HazardLedger))),
    path("notices/<uuid:pk>/link/", hazards.show_link, name="hazard-link"),
    path("notices/", include(ledger_urls(ledger.NoticeLedger))),
    path("plates/<str:code>/notice/", hazards.write_notice, name="hazard-write-notice"),
    path("bulletins/", hazards.bulletins, name="bulletins"),
    path("bulletins/<uuid:pk>/", hazards.issue_bulletin, name="bulletin-issue"),
    path("mine/", hazards.mine, name="hazards-mine"),
]

UPKEEP: list[URLPattern | URLResolver] = [
    path("upkeep/", upkeep.plan, name="upkeep"),
    path("upkeep/make/", upkeep.make, name="upkeep-make"),
    path("upkeep/complete/", upkeep.complete, name="upkeep-complete"),
    path("upkeep/tasks/", include(ledger_urls(ledger.UpkeepLedger))),
    path("performance/record/", performance.record, name="performance-record"),
    path("performance/", include(ledger_urls(ledger.PerformanceLedger))),
    path("ratings/compute/", rating.compute, name="ratings-compute"),
    path("ratings/decide/", rating.decide, name="ratings-decide"),
    path("ratings/", include(ledger_urls(ledger.RatingLedger))),
]

urlpatterns = [*CHECKS, *HAZARDS, *UPKEEP]

nav(
    "巡检", "我的整改", "hazards-mine", icon="tool", tab=True, order=5,
    roles={Role.KEEPER, Role.INSPECTOR},
)  # fmt: skip
nav("巡检", "隐患通报", "bulletins", icon="send", order=32)
nav("巡检", "维护计划", "upkeep", icon="calendar", order=40)
nav("巡检", "检查表", "check-templates", icon="list", order=12)
