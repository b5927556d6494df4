"""The addresses of a process that serves the outside alone."""

from django.urls import include, path

from hudun.urls import ENTRANCE, OUTSIDE

urlpatterns = [path(prefix, include(module)) for prefix, module in (*ENTRANCE, *OUTSIDE)]

handler404 = "hudun.core.web.page_not_found"
