from django.urls import path

from hudun.core.shell import nav

from . import views

urlpatterns = [
    path("log/", views.log, name="duty-log"),
    path("log/panel/", views.panel, name="duty-panel"),
    path("log/write/", views.write, name="duty-write"),
    path("watch/begin/", views.begin, name="duty-begin"),
    path("watch/<uuid:pk>/hand-over/", views.hand_over, name="duty-hand-over"),
    path("watch/<uuid:pk>/take-over/", views.take_over, name="duty-take-over"),
    path("watch/<uuid:pk>/take-back/", views.take_back, name="duty-take-back"),
]

nav("值守", "值班记录", "duty-log", icon="notebook", order=20)
