from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "hudun.core"
    label = "core"
    verbose_name = "核心"

    def ready(self) -> None:
        """Every app's verbs, facts, recurring work and problem numbers are known from the start."""
        autodiscover_modules("actions", "facts", "jobs", "problems", "runs")
