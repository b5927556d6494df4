"""Which nouns carry plates."""

from functools import cache

from django.apps import apps

from .plated import Plated


@cache
def kinds() -> dict[str, type[Plated]]:
    """Slug → model, once all apps are loaded."""
    models = (model for model in apps.get_models() if issubclass(model, Plated))
    return {model.plate_slug: model for model in models}
