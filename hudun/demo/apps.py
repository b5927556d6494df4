from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "hudun.demo"
    verbose_name = "演示"
