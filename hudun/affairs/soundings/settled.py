"""What a settled order tells the other affairs: which of its sirens did not sound."""

from typing import Any

from hudun.affairs.soundings.models import HandStart, Order, OrderSiren, Verdict
from hudun.core import clock
from hudun.wire.office import Verdict as Word

SOUNDED = (Word.FINISHED.value, Word.UNPROVED.value)


def settled_said(order: Order) -> dict[str, Any]:
    """A siren that people started by hand was heard; one without proof counts as heard here."""
    failed = Verdict.objects.of_order(order).exclude(verdict__in=SOUNDED)
    by_hand = HandStart.objects.filter(order=order).values_list("number", flat=True)
    silent = set(failed.values_list("siren", flat=True)) - set(by_hand)
    kind, about = ("plans", order.plan_id) if order.plan_id else ("orders", order.pk)
    return {
        "order": order.pk,
        "day": clock.beijing(order.starts_at or order.drafted_at).date().isoformat(),
        "title": order.purpose[:120],
        "url": f"/soundings/{kind}/{about}/result/",
        "ordered": OrderSiren.objects.filter(order=order).count(),
        "silent": sorted(silent),
    }
