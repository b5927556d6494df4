from django.apps import AppConfig


class CityConfig(AppConfig):
    name = "hudun.assets.city"
    label = "city"
    verbose_name = "城市底图"
