from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "hudun.desks.api"
    label = "api"
    verbose_name = "接口"
