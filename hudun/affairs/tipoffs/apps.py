from django.apps import AppConfig


class TipoffsConfig(AppConfig):
    name = "hudun.affairs.tipoffs"
    label = "tipoffs"
    verbose_name = "群众反映"
