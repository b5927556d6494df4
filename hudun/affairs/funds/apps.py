from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "hudun.affairs.funds"
    label = "funds"
    verbose_name = "经费"
