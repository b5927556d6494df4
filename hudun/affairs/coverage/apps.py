from django.apps import AppConfig


class CoverageConfig(AppConfig):
    name = "hudun.affairs.coverage"
    label = "coverage"
    verbose_name = "音响覆盖与选址"
