from django.apps import AppConfig


class PublicDeskConfig(AppConfig):
    name = "hudun.desks.public"
    label = "public_desk"
    verbose_name = "对外页面"
