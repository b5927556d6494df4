from django.urls import include, path

from hudun.core.ledger.urls import ledger_urls
from hudun.core.shell import nav

from .ledger import SiteLedger
from .views.searches import adopt_choice, new_search, search, searches

urlpatterns = [
    path("siting/", searches, name="siting-searches"),
    path("siting/new/", new_search, name="siting-new"),
    path("siting/<uuid:pk>/", search, name="siting-search"),
    path("siting/<uuid:pk>/adopt/", adopt_choice, name="siting-adopt"),
    path("sites/", include(ledger_urls(SiteLedger))),
]

nav("警报", "选址测算", "siting-searches", icon="calculator", order=55)
