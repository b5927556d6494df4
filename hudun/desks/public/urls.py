"""Mounted outside only, at the root: /p/<code>/ a plate, /r/<secret>/ an answer to a notice."""

from django.urls import URLPattern, URLResolver, path

from . import plates, replies

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<str:code>/", plates.plate, name="plate"),
    path("r/<str:secret>/", replies.notice, name="reply"),
    path("r/<str:secret>/<uuid:pk>/", replies.answer, name="reply-answer"),
]
