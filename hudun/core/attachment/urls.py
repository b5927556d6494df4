from django.urls import path

from .views import download, small

urlpatterns = [
    path("<uuid:pk>/", download, name="attachment"),
    path("<uuid:pk>/small/", small, name="attachment-small"),
]
