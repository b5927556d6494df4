from django.urls import include, path

from hudun.core.ledger.urls import ledger_urls
from hudun.core.shell import nav

from .flow import LOOKERS
from .ledger import SiteLedger
from .views.asking import index, new
from .views.searches import adopt_choice, new_search, search, searches
from .views.survey import issued, survey, tried, voided

urlpatterns = [
    path("", index, name="coverage"),
    path("new/", new, name="coverage-new"),
    path("<uuid:pk>/", survey, name="coverage-survey"),
    path("<uuid:pk>/try/", tried, name="coverage-try"),
    path("<uuid:pk>/report/", issued, name="coverage-report"),
    path("<uuid:pk>/void/", voided, name="coverage-void"),
    path("siting/", searches, name="siting-searches"),
    path("siting/new/", new_search, name="siting-new"),
    path("siting/<uuid:pk>/", search, name="siting-search"),
    path("siting/<uuid:pk>/adopt/", adopt_choice, name="siting-adopt"),
    path("sites/", include(ledger_urls(SiteLedger))),
]

nav("警报", "选址测算", "siting-searches", icon="calculator", order=55)
nav("警报", "音响覆盖", "coverage", icon="volume", order=54, roles=LOOKERS)
