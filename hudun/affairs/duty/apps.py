from django.apps import AppConfig


class DutyConfig(AppConfig):
    name = "hudun.affairs.duty"
    label = "duty"
    verbose_name = "值班"
