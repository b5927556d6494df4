from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "hudun.office"
    label = "office"
    verbose_name = "机构与人员"
