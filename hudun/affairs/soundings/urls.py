from django.urls import path

from hudun.core.shell import nav

from . import views

urlpatterns = [
    path("plans/", views.plans, name="soundings-plans"),
    path("immediate/", views.immediate, name="soundings-immediate"),
]

nav("警报", "鸣放计划", "soundings-plans", icon="calendar", order=10)
