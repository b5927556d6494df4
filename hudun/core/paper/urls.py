from django.urls import path

from .views import download

urlpatterns = [
    path("<uuid:pk>.docx", download, {"media": "docx"}, name="paper-docx"),
    path("<uuid:pk>.pdf", download, {"media": "pdf"}, name="paper-pdf"),
]
