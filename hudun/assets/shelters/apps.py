from django.apps import AppConfig


class SheltersConfig(AppConfig):
    name = "hudun.assets.shelters"
    label = "shelters"
    verbose_name = "人防工程"
