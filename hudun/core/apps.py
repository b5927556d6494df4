from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "hudun.core"
    label = "core"
    verbose_name = "核心"
