"""The plate of a record on its page: {% plate_card record %}."""

from typing import Any

from django import template

from hudun.core.plate import Plate, Plated

register = template.Library()


@register.inclusion_tag("core/parts/plate_card.html")
def plate_card(record: Any) -> dict[str, Any]:
    plate = Plate.objects.of(record).active().first() if isinstance(record, Plated) else None
    return {"plate": plate, "sheets": record.plate_sheets if plate else ()}
