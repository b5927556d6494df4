"""For the desk."""

from django.urls import path

from hudun.affairs.inspections.roles import STAFF
from hudun.core.shell import nav

from . import intake

urlpatterns = [path("queue/", intake.queue, name="field-queue")]

nav("巡检", "导入现场队列", "field-queue", icon="upload", roles=STAFF, order=80)
