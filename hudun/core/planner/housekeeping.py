"""Files that no page can ask for any more."""

import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from hudun.core import clock

from .models import Run

KEPT = timedelta(days=1)


def sweep_runs() -> None:
    """Questions of yesterday, and folders of runs that did not end well."""
    old = Run.objects.filter(quick=True, asked_at__lt=clock.now() - KEPT)
    old.exclude(state__in=Run.flow.open_states()).delete()
    kept = {str(pk) for pk in Run.objects.with_files().values_list("pk", flat=True)}
    root = Path(settings.RUNS_DIR)
    for folder in root.iterdir() if root.exists() else ():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
