"""What is thrown away every night: nothing that was recorded, only what no page can ask for."""

from importlib import import_module

from django.conf import settings

from hudun.core.live.announce import prune
from hudun.core.planner.housekeeping import sweep_runs
from hudun.core.recurring import daily


@daily("03:30")
def sweep() -> None:
    prune()
    sweep_runs()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
