from django.contrib.auth.views import LogoutView
from django.urls import path

from .place.boundary import boundary
from .shell import nav
from .views.account import Login, account, theme
from .views.home import home, office_time

urlpatterns = [
    path("", home, name="home"),
    path("login/", Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(next_page="login"), name="logout"),
    path("account/", account, name="account"),
    path("account/theme/", theme, name="theme"),
    path("boundary.json", boundary, name="boundary"),
    path("time/", office_time, name="office-time"),
]

nav("", "总览", "home", icon="layout-dashboard", tab=True, order=0)
