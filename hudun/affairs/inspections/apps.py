from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "hudun.affairs.inspections"
    label = "inspections"
    verbose_name = "巡查检查"
