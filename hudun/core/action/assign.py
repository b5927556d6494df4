"""Setting what may be set, and nothing else."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models


def assign(record: models.Model, changes: Mapping[str, Any], allowed: Collection[str]) -> list[str]:
    """Sets the fields and returns their names, for `save(update_fields=…)`. A field that is not
    allowed is a slip of the caller, or an attempt."""
    strange = set(changes) - set(allowed)
    if strange:
        raise TypeError(f"{record._meta.label} does not let itself be changed in {sorted(strange)}")
    for name, value in changes.items():
        setattr(record, name, value)
    return list(changes)
