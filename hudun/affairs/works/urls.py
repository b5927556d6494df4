from django.urls import path

from hudun.core.ledger.urls import ledger_urls
from hudun.core.shell import nav

from .ledger import WorkLedger
from .views.levy import levy
from .views.materials import give_back, receive, waive

urlpatterns = [
    path("levy/", levy, name="works-levy"),
    path("materials/<uuid:pk>/receive/", receive, name="works-receive"),
    path("materials/<uuid:pk>/return/", give_back, name="works-return"),
    path("materials/<uuid:pk>/waive/", waive, name="works-waive"),
    *ledger_urls(WorkLedger),
]

nav("台账", "结建核算", "works-levy", icon="calculator", order=32)
