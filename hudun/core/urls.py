from django.contrib.auth.views import LogoutView
from django.urls import include, path

from .ledger.urls import ledger_urls
from .place.boundary import boundary
from .shell import home_card, nav
from .views.account import Login, account, theme
from .views.cards import deadlines_card
from .views.home import home, office_time
from .views.journal import JournalLedger, check

urlpatterns = [
    path("", home, name="home"),
    path("login/", Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(next_page="login"), name="logout"),
    path("account/", account, name="account"),
    path("account/theme/", theme, name="theme"),
    path("journal/check/", check, name="journal-check"),
    path("journal/", include(ledger_urls(JournalLedger))),
    path("boundary.json", boundary, name="boundary"),
    path("time/", office_time, name="office-time"),
]

nav("", "总览", "home", icon="layout-dashboard", tab=True, order=0)
home_card(deadlines_card)
