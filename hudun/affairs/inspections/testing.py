"""Visits made up: for tests here and next door, and for the demonstration."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from hudun.affairs.inspections.checklist import Item
from hudun.affairs.inspections.standing import standing_templates
from hudun.core import clock
from hudun.core.identity import new_id
from hudun.core.plate import Plate

from .package import FORMAT


def make_package(
    plate: Plate,
    template: str,
    *,
    fail: Collection[str] = (),
    photos: Mapping[str, Sequence[bytes]] | None = None,
    finished: datetime | None = None,
    **said: Any,
) -> dict[str, Any]:
    """Everything passes except what is named in `fail`. `photos`: item key → JPEG bytes; they are
    promised under fresh ids, in this sequence. `said` replaces parts of the package."""
    text = standing_templates(plate.organ)[template].template
    end = finished or clock.now()
    promised = {key: [promise_of(data) for data in given] for key, given in (photos or {}).items()}
    answers = [_answer(item, item.key in fail, promised.get(item.key, [])) for item in text]
    return {
        "format": FORMAT,
        "visit": str(new_id()),
        "plate": plate.code,
        "campaign": None,
        "template": template,
        "version": text.version,
        "started": clock.beijing(end - timedelta(minutes=20)).isoformat(),
        "finished": clock.beijing(end).isoformat(),
        "device": str(new_id()),
        "position": None,
        "answers": answers,
        "comment": "",
        "no_deficiencies": False,
        "photos": [photo for given in promised.values() for photo in given],
        **said,
    }


def promise_of(data: bytes, photo_id: UUID | None = None) -> dict[str, Any]:
    return {
        "id": str(photo_id or new_id()),
        "sha256": sha256(data).hexdigest(),
        "size": len(data),
        "media_type": "image/jpeg",
        "taken": clock.beijing(clock.now()).isoformat(),
        "lon": None,
        "lat": None,
    }


def _answer(item: Item, failed: bool, photos: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    number = item.answer == "number"
    return {
        "item": item.key,
        "result": "fail" if failed else "pass",
        "value": _number(item, failed) if number else None,
        "comment": f"{item.hazard.kind}" if failed and item.hazard else "",
        "photos": [photo["id"] for photo in photos],
    }


def _number(item: Item, failed: bool) -> float:
    if failed:
        return item.high + 1 if item.high is not None else (item.low or 0) - 0.1
    return item.low if item.low is not None else item.high or 0.0
