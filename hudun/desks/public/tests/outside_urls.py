"""The addresses of a process that serves the outside alone, as far as this desk knows them."""

from django.urls import include, path

urlpatterns = [
    path("", include("hudun.core.entrance")),
    path("", include("hudun.desks.public.urls")),
]

handler404 = "hudun.core.web.page_not_found"
