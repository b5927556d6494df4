"""For phones, reached from outside."""

from django.urls import path

from hudun.affairs.inspections.roles import CHECKERS
from hudun.core.shell import nav

from . import shell, sync

urlpatterns = [
    path("", shell.shell, name="field"),
    path("sw.js", shell.worker, name="field-worker"),
    path("manifest.webmanifest", shell.manifest, name="field-manifest"),
    path("bundle/", sync.bundle, name="field-bundle"),
    path("visits/<uuid:pk>/", sync.visit, name="field-visit"),
    path("photos/<uuid:pk>/", sync.photo, name="field-photo"),
]

nav("巡检", "现场检查", "field", icon="device-mobile", roles=CHECKERS, tab=True, order=30)
