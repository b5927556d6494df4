"""Mounted outside only, at the root: /p/<code>/ a plate, /r/<secret>/ an answer to a notice."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
