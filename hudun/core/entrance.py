"""The few addresses of the core that exist on the outside: log in, log out."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from .views.account import Login

urlpatterns = [
    path("login/", Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(next_page="login"), name="logout"),
]
