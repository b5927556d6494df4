from django.apps import AppConfig


class SirensConfig(AppConfig):
    name = "hudun.assets.sirens"
    label = "sirens"
    verbose_name = "防空警报器"

    def ready(self) -> None:
        from . import facts  # noqa: F401
