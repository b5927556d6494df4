from django.urls import include, path

from hudun.core.ledger.urls import ledger_urls

from .ledger import PersonLedger, PostLedger, ShiftLedger, UnitLedger
from .views import new_password, own_password

urlpatterns = [
    path("password/", own_password, name="password"),
    path("people/<uuid:pk>/password/", new_password, name="people-password"),
    path("people/", include(ledger_urls(PersonLedger))),
    path("posts/", include(ledger_urls(PostLedger))),
    path("shifts/", include(ledger_urls(ShiftLedger))),
    path("units/", include(ledger_urls(UnitLedger))),
]
