from django.apps import AppConfig


class SoundingsConfig(AppConfig):
    name = "hudun.affairs.soundings"
    label = "soundings"
    verbose_name = "警报鸣放"
