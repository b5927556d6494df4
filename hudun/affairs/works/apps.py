from django.apps import AppConfig


class WorksConfig(AppConfig):
    name = "hudun.affairs.works"
    label = "works"
    verbose_name = "新建工程"
