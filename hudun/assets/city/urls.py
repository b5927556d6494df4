from django.urls import path

from hudun.core.ledger.urls import ledger_urls

from .ledger import LayerLedger
from .views import upload

urlpatterns = [
    path("upload/", upload, name="city-upload"),
    *ledger_urls(LayerLedger),
]
