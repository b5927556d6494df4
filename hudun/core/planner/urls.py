from django.urls import path

from .views import cancel, file, progress, state

urlpatterns = [
    path("<uuid:pk>/progress/", progress, name="run-progress"),
    path("<uuid:pk>/state/", state, name="run-state"),
    path("<uuid:pk>/cancel/", cancel, name="run-cancel"),
    path("<uuid:pk>/files/<str:name>", file, name="run-file"),
]
