from django.urls import include, path

from hudun.affairs.soundings.flow import OFFICERS
from hudun.core.shell import nav

from . import views

urlpatterns = [
    path("", views.desk, name="duty-desk"),
    path("state/", views.state, name="duty-state"),
    path("stop/", views.stop, name="duty-stop"),
    path("alerts/<uuid:pk>/acknowledge/", views.acknowledge, name="duty-acknowledge"),
    path("", include("hudun.affairs.duty.urls")),
]

nav("值守", "值班台", "duty-desk", icon="bell-ringing", roles=OFFICERS, tab=True, order=10)
