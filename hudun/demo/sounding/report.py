"""The rates and the two papers of a sounding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hudun.affairs.soundings.models import Plan


def rates(plan: Plan) -> list[dict[str, Any]]:
    return []


def papers(plan: Plan, directory: Path) -> dict[str, str]:
    return {}
