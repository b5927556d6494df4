from django.apps import AppConfig


class FieldDeskConfig(AppConfig):
    name = "hudun.desks.field"
    label = "field_desk"
    verbose_name = "现场应用"
