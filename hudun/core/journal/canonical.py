"""The one way to write a value down, so that the same content always has the same hash."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import models


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    match value:
        case Enum():
            return plain(value.value)
        case None | bool() | int() | float() | str():
            return value
        case datetime() | date():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return bytes(value).hex()
        case models.Model():
            return str(value.pk)
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case set() | frozenset():
            return sorted((plain(each) for each in value), key=str)
        case list() | tuple():
            return [plain(each) for each in value]
    return str(value)


def canonical(content: Mapping[str, Any]) -> str:
    return json.dumps(
        plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest(body: str) -> str:
    return sha256(body.encode()).hexdigest()
