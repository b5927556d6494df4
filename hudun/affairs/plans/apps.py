from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "hudun.affairs.plans"
    label = "plans"
    verbose_name = "预案"
