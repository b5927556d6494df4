from django.urls import path

from .views import sheet

urlpatterns = [path("<uuid:pk>/<slug:key>.pdf", sheet, name="plate-sheet")]
