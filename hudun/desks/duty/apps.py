from django.apps import AppConfig


class DutyDeskConfig(AppConfig):
    name = "hudun.desks.duty"
    label = "duty_desk"
    verbose_name = "值班台"
