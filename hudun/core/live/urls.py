from django.urls import path

from hudun.core.live.views import live

urlpatterns = [path("", live, name="live")]
